package dev.geotherm.tika;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.document.FileContent;
import dev.geotherm.api.document.FileFormat;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusOptions;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.corpus.UnreadableFilesException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TikaFileFormatTest {
    private static final String TEXT = "Lava cools to basalt.";

    private final FileFormat format = new TikaFileFormat();

    @TempDir
    Path folder;

    private void assertRefused(String file, byte[] content, String message) {
        assertRefused(format, file, content, message);
    }

    private static void assertRefused(FileFormat format, String file, byte[] content, String message) {
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> format.read(file, content))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(message);
    }

    @Test
    void read_pdfHasTitleAndText() throws Exception {
        assertThat(format.read("a.pdf", OfficeFiles.pdf("Volcano", TEXT, "")))
                .isEqualTo(new FileContent("Volcano", TEXT));
    }

    @Test
    void read_wordHasTitleAndText() throws Exception {
        assertThat(format.read("a.docx", OfficeFiles.docx("Volcano", TEXT)))
                .isEqualTo(new FileContent("Volcano", TEXT));
    }

    @Test
    void read_openDocumentHasTitleAndText() throws Exception {
        assertThat(format.read("a.odt", OfficeFiles.odt("Volcano", TEXT))).isEqualTo(new FileContent("Volcano", TEXT));
    }

    @Test
    void read_rtfHasTitleAndText() {
        assertThat(format.read("a.rtf", OfficeFiles.rtf(TEXT))).isEqualTo(new FileContent("Report", TEXT));
    }

    @Test
    void read_sheetsAndSlidesHaveText() throws Exception {
        assertThat(format.read("a.xlsx", OfficeFiles.xlsx(TEXT)).text()).contains("Sheet", TEXT);
        assertThat(format.read("a.xls", OfficeFiles.xls(TEXT)).text()).contains("Sheet", TEXT);
        assertThat(format.read("a.pptx", OfficeFiles.pptx(TEXT)).text()).contains(TEXT);
    }

    @Test
    void read_encryptedFilesAreRefused() throws Exception {
        assertRefused("a.pdf", OfficeFiles.pdf("", TEXT, "secret"), "is encrypted");
        assertRefused("a.docx", OfficeFiles.encryptedDocx(TEXT, "secret"), "is encrypted");
    }

    @Test
    void read_damagedFilesAreRefused() throws Exception {
        byte[] docx = OfficeFiles.docx("", TEXT);
        assertRefused("a.docx", Arrays.copyOf(docx, docx.length / 2), "");
        assertRefused("a.pdf", "%PDF-1.7\nnothing".getBytes(UTF_8), "is damaged");
        assertRefused("a.pdf", new byte[0], "is empty");
        assertRefused("a.pdf", "just words".getBytes(UTF_8), "");
        assertRefused("a.docx", "<html><body>page".getBytes(UTF_8), "");
    }

    @Test
    void read_longTextsAreRefused() throws Exception {
        FileFormat small = new TikaFileFormat(10, Duration.ofMinutes(1));
        assertRefused(small, "a.docx", OfficeFiles.docx("", TEXT), "has more than 10 characters");
    }

    @Test
    void read_slowFilesAreRefused() throws Exception {
        FileFormat hasty = new TikaFileFormat(1_000, Duration.ZERO);
        assertRefused(hasty, "a.pdf", OfficeFiles.pdf("", TEXT, ""), "takes more than 0 s");
    }

    @Test
    void corpus_readsFoldersWithOfficeFiles() throws Exception {
        Files.write(folder.resolve("a.pdf"), OfficeFiles.pdf("Volcano", TEXT, ""));
        Files.write(folder.resolve("b.DOCX"), OfficeFiles.docx("", TEXT));
        Files.writeString(folder.resolve("c.txt"), "Steam.");
        Files.write(folder.resolve("d.png"), new byte[] {1, 2, 3});
        Corpus corpus = Corpus.open(folder.toString());
        try (Stream<Document> documents = corpus.documents()) {
            List<Document> all = documents.toList();
            assertThat(all).extracting(Document::id).containsExactly("a.pdf", "b.DOCX", "c.txt");
            assertThat(all.get(0).title()).isEqualTo("Volcano");
            assertThat(all).extracting(Document::text).containsExactly(TEXT, TEXT, "Steam.");
        }
        assertThat(corpus.notes()).singleElement().asString().contains(".pdf", "d.png");
    }

    @Test
    void corpus_namesWhatItCannotReadAndSkipsItOnRequest() throws Exception {
        Files.write(folder.resolve("a.pdf"), OfficeFiles.pdf("", TEXT, "secret"));
        Files.writeString(folder.resolve("b.pdf"), "%PDF-1.7");
        Files.writeString(folder.resolve("c.txt"), "Steam.");
        assertThatExceptionOfType(UnreadableFilesException.class)
                .isThrownBy(() -> Corpus.open(folder.toString()))
                .withMessageContainingAll("a.pdf: is encrypted", "b.pdf: is damaged");
        Corpus corpus = Corpus.open(folder.toString(), CorpusOptions.defaults().skippingUnreadable());
        assertThat(corpus.size()).isEqualTo(1);
        assertThat(corpus.isComplete()).isFalse();
    }
}
