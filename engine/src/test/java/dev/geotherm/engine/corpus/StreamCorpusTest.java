package dev.geotherm.engine.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.GeothermException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCorpusTest {
    @TempDir
    Path folder;

    private Corpus read(InputStream in, StreamFormat format) {
        return Corpus.read(in, format, "feed", folder.resolve("copy"), read -> {});
    }

    private Corpus read(String text, StreamFormat format) {
        return read(new ByteArrayInputStream(text.getBytes(UTF_8)), format);
    }

    private static List<Document> documents(Corpus corpus) {
        try (Stream<Document> documents = corpus.documents()) {
            return documents.toList();
        }
    }

    @Test
    void read_jsonLinesAreDocuments() {
        Corpus corpus = read("{\"id\":\"1\",\"text\":\"one\"}\n\n{\"id\":2,\"text\":\"two\"}", StreamFormat.JSONL);
        assertThat(corpus)
                .returns("feed", Corpus::name)
                .returns(2, Corpus::size)
                .returns(true, Corpus::isComplete);
        for (int pass = 0; pass < 2; pass++) {
            assertThat(documents(corpus))
                    .containsExactly(new Document("1", "", "one", "feed:1"), new Document("2", "", "two", "feed:3"));
        }
    }

    @Test
    void read_archiveIsDecompressed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"id\":\"1\",\"text\":\"one\"}".getBytes(UTF_8));
        }
        assertThat(documents(read(new ByteArrayInputStream(packed.toByteArray()), StreamFormat.JSONL)))
                .containsExactly(new Document("1", "", "one", "feed:1"));

        InputStream cut = new ByteArrayInputStream(packed.toByteArray(), 0, packed.size() - 1);
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> Corpus.read(cut, StreamFormat.JSONL, "feed", folder.resolve("another"), read -> {}))
                .withMessageContaining("feed")
                .withMessageContaining("the archive ends too early");
    }

    @Test
    void read_textIsOneDocument() {
        assertThat(documents(read("\uFEFFone\ntwo\n", StreamFormat.TEXT)))
                .containsExactly(new Document("feed", "", "one\ntwo\n", "feed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '{"id":"1","text":"one"}~{"id":"2","text":"tw'  | JSONL | feed:2: is not one whole JSON object
            '{"id":"1","text":"one"}~{"id":"2",'            | JSONL | feed:2: is not one whole JSON object
            '{"id":"1","text":"one"}~{"id":"1","text":"x"}' | JSONL | feed:2: duplicate id '1', also in feed:1
            '~~'                                            | JSONL | feed: contains no document
            '~~'                                            | TEXT  | feed: contains no text
            """)
    void read_whatIsCutOrEmptyIsRefused(String text, StreamFormat format, String message) {
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> read(text.replace('~', '\n'), format))
                .withMessageContaining(message);
    }

    @Test
    void read_textThatEndsInACharacterIsRefused() {
        byte[] cut = {'a', '\n', (byte) 0xC3};
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> read(new ByteArrayInputStream(cut), StreamFormat.TEXT))
                .withMessageContaining("feed:2: is not UTF-8");
    }

    @Test
    void read_aStreamThatFailsIsRefused() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the pipe is broken");
            }
        };
        InputStream in = new SequenceInputStream(
                new ByteArrayInputStream("{\"id\":1,\"text\":\"x\"}\n".getBytes(UTF_8)), failing);
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> read(in, StreamFormat.JSONL))
                .withMessageContainingAll("feed", "the pipe is broken");
    }
}
