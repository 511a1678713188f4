package dev.geotherm.engine.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.document.FileContent;
import dev.geotherm.api.document.FileFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFormatsTest {
    @TempDir
    Path folder;

    /** Reads files in capital letters, and fails if one begins with an exclamation mark. */
    private static final class Capitals implements FileFormat {
        private final String ending;

        private Capitals(String ending) {
            this.ending = ending;
        }

        @Override
        public Set<String> endings() {
            return Set.of(ending);
        }

        @Override
        public FileContent read(String file, byte[] content) {
            if (content[0] == '!') {
                throw new IllegalStateException("unforeseen");
            }
            return new FileContent("Title", new String(content, UTF_8).toUpperCase(Locale.ROOT));
        }
    }

    private Corpus open(FileFormat... formats) {
        return Corpus.open(folder.toString(), CorpusOptions.defaults().withFormats(List.of(formats)));
    }

    @Test
    void folder_isReadWithGivenFormats() throws IOException {
        Files.writeString(folder.resolve("a.LOUD"), "lava");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.loud.gz")))) {
            out.write("steam".getBytes(UTF_8));
        }
        Files.writeString(folder.resolve("c.txt"), "vent");
        Files.writeString(folder.resolve("d.png"), "x");
        Files.writeString(folder.resolve("loud"), "x");
        Corpus corpus = open(new Capitals(".loud"));
        try (Stream<Document> documents = corpus.documents()) {
            assertThat(documents)
                    .containsExactly(
                            new Document(
                                    "a.LOUD",
                                    "Title",
                                    "LAVA",
                                    folder.toRealPath().resolve("a.LOUD").toString()),
                            new Document(
                                    "b.loud.gz",
                                    "Title",
                                    "STEAM",
                                    folder.toRealPath().resolve("b.loud.gz").toString()),
                            new Document(
                                    "c.txt",
                                    "",
                                    "vent",
                                    folder.toRealPath().resolve("c.txt").toString()));
        }
        assertThat(corpus.notes())
                .containsExactly("skipped: 2 files that are not .txt, .md, .html, .loud or .jsonl, such as d.png");
    }

    @Test
    void folder_namesTheFileOfAFormatThatFails() throws IOException {
        Files.writeString(folder.resolve("a.loud"), "!");
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open(new Capitals(".loud")))
                .withMessageContaining("a.loud: cannot be read: java.lang.IllegalStateException: unforeseen");
    }

    @Test
    void formats_withTheSameEndingAreRefused() throws IOException {
        Files.writeString(folder.resolve("a.md"), "lava");
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open(new Capitals(".md")))
                .withMessageContaining("two formats read files that end in .md");
    }
}
