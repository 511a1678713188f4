package dev.geotherm.tika;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentThreads;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.document.FileContent;
import dev.geotherm.api.document.FileFormat;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The file formats that Apache Tika reads: PDF, office documents (Word, Excel, PowerPoint, OpenDocument), RTF and EPUB. The
 * title is taken from the document's properties.
 *
 * <p>Files are parsed in memory, in this process, without the network, OCR or other programs. Attachments and pictures are
 * not read. Refused are files that take more than a minute to parse, files with more than 20 million characters of text, and
 * encrypted or damaged files. Thread-safe.
 */
@AutoService(FileFormat.class)
public final class TikaFileFormat implements FileFormat {
    private static final Set<String> ENDINGS =
            Set.of(".pdf", ".docx", ".xlsx", ".pptx", ".doc", ".xls", ".ppt", ".odt", ".ods", ".odp", ".rtf", ".epub");
    private static final int MAX_CHARACTERS = 20_000_000;
    private static final Duration MAX_TIME = Duration.ofMinutes(1);

    private final int maxCharacters;
    private final Duration maxTime;
    private @Nullable DocumentParser parser;

    /** Creates the format. */
    public TikaFileFormat() {
        this(MAX_CHARACTERS, MAX_TIME);
    }

    TikaFileFormat(int maxCharacters, Duration maxTime) {
        this.maxCharacters = maxCharacters;
        this.maxTime = maxTime;
    }

    @Override
    public Set<String> endings() {
        return ENDINGS;
    }

    /** Returns the parser. The first call creates it, which is slow. */
    private synchronized DocumentParser parser() {
        DocumentParser created = parser;
        if (created == null) {
            created = new DocumentParser(maxCharacters);
            parser = created;
        }
        return created;
    }

    @Override
    public FileContent read(String file, byte[] content) {
        if (content.length == 0) {
            throw new GeothermException(file + ": is empty");
        }
        DocumentParser tika = parser();
        // A separate thread, because a parser may never return from a hostile file.
        ComponentThreads threads = new ComponentThreads("tika", (thread, failure) -> {});
        Future<FileContent> parsed = threads.compute("parse", 1).submit(() -> tika.parse(file, content));
        boolean ended = false;
        try {
            FileContent read = parsed.get(maxTime.toMillis(), TimeUnit.MILLISECONDS);
            ended = true;
            return read;
        } catch (TimeoutException late) {
            throw new GeothermException(
                    file + ": takes more than " + maxTime.toSeconds() + " s to read, too long for one document", late);
        } catch (ExecutionException failed) {
            ended = true;
            if (failed.getCause() instanceof GeothermException known) {
                throw known;
            }
            throw new GeothermException(file + ": cannot be read: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GeothermException(file + ": was not read, because the reader was interrupted", interrupted);
        } finally {
            if (ended) {
                threads.close();
            } else {
                parsed.cancel(true); // does not wait for the thread
            }
        }
    }
}
