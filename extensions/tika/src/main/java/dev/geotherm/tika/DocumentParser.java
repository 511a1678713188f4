package dev.geotherm.tika;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.document.FileContent;
import java.io.IOException;
import java.io.InputStream;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.sax.BodyContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** A thread-safe parser of in-memory documents with Tika. It does not read attachments or pictures in a document. */
final class DocumentParser {
    private final Detector detector =
            new DefaultDetector(MimeTypes.getDefaultMimeTypes(), DocumentParser.class.getClassLoader());
    private final AutoDetectParser parser = new AutoDetectParser(
            detector,
            new PDFParser(),
            new OOXMLParser(),
            new OfficeParser(),
            new RTFParser(),
            new OpenDocumentParser(),
            new EpubParser());
    private final int maxCharacters;

    /** Creates a parser that refuses documents with more text. */
    DocumentParser(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    /** Skips embedded documents: each is a separate text, and can be a decompression bomb. */
    private static final class NoEmbeddedDocuments implements EmbeddedDocumentExtractor {
        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream in, ContentHandler handler, Metadata metadata, boolean outputHtml) {}
    }

    FileContent parse(String file, byte[] content) {
        Metadata metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, file);
        BodyContentHandler text = new BodyContentHandler(maxCharacters);
        try (TikaInputStream in = TikaInputStream.get(content, metadata)) {
            MediaType type = detector.detect(in, metadata);
            if (!parser.getSupportedTypes(new ParseContext()).contains(type)) {
                throw new GeothermException(file + ": is neither a PDF nor an office document, but " + type);
            }
            parser.parse(in, text, metadata, context());
        } catch (EncryptedDocumentException encrypted) {
            throw new GeothermException(file + ": is encrypted; save it without a password", encrypted);
        } catch (TikaException | SAXException | IOException failed) {
            if (WriteLimitReachedException.isWriteLimitReached(failed)) {
                throw new GeothermException(
                        file + ": has more than " + maxCharacters + " characters, too many for one document; split it",
                        failed);
            }
            throw new GeothermException(file + ": is damaged: " + reason(failed), failed);
        } catch (RuntimeException | StackOverflowError failed) { // thrown by a parser on unexpected content
            if (failed instanceof GeothermException known) {
                throw known;
            }
            throw new GeothermException(file + ": is damaged: " + failed, failed);
        }
        String title = metadata.get(TikaCoreProperties.TITLE);
        return new FileContent(title == null ? "" : clean(title), clean(text.toString()));
    }

    private static ParseContext context() {
        PDFParserConfig pdf = new PDFParserConfig();
        pdf.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
        pdf.setExtractInlineImages(false);
        ParseContext context = new ParseContext();
        context.set(PDFParserConfig.class, pdf);
        context.set(EmbeddedDocumentExtractor.class, new NoEmbeddedDocuments());
        return context;
    }

    /** Returns the innermost message, because the others only name the failed parser. */
    private static String reason(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Removes control characters, and replaces unpaired surrogates. */
    private static String clean(String text) {
        StringBuilder cleaned = new StringBuilder(text.length());
        text.strip()
                .codePoints()
                .filter(c -> c >= ' ' || c == '\n' || c == '\t')
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(cleaned::appendCodePoint);
        return cleaned.toString();
    }
}
