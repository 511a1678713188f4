package dev.geotherm.batch.measure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
    @TempDir
    Path folder;

    @Test
    void next_removesLineTerminatorsAndByteOrderMark() throws IOException {
        assertThat(read(write("a.txt", "\uFEFFone\r\n\ntw\u00F6\uFEFF\nlast".getBytes(UTF_8))))
                .containsExactly("one", "", "tw\u00F6\uFEFF", "last");
        assertThat(read(write("b.txt", "one\n".getBytes(UTF_8)))).containsExactly("one");
        assertThat(read(write("c.txt", new byte[0]))).isEmpty();
    }

    @Test
    void open_decompressesArchives() throws IOException {
        assertThat(read(write("a.txt.gz", gzip("one\ntwo")))).containsExactly("one", "two");
    }

    @Test
    void next_malformedBytesAreRefusedWithTheirLine() throws IOException {
        Path file = write("a.txt", "one\ntw\u00F6\nthree".getBytes(ISO_8859_1));
        assertRefused(file, file + ":2: is not UTF-8");
    }

    @Test
    void next_truncatedArchiveIsRefused() throws IOException {
        byte[] whole = gzip("one\n".repeat(100));
        Path file = write("a.gz", Arrays.copyOf(whole, whole.length - 9));
        assertRefused(file, "the archive ends too early");
        assertRefused(write("b.gz", Arrays.copyOf(whole, 5)), "the archive ends too early");
    }

    @Test
    void next_damagedArchiveIsRefused() throws IOException {
        byte[] damaged = gzip("one\n".repeat(100));
        damaged[damaged.length - 6] ^= 1; // its checksum
        assertRefused(write("a.gz", damaged), "is not a whole gzip archive");
        assertRefused(write("b.gz", "plain".getBytes(UTF_8)), "is not a whole gzip archive");
    }

    @Test
    void open_missingFileOrFolderIsRefused() {
        Path none = folder.resolve("none");
        assertRefused(none, none + ": there is no such file");
        assertRefused(folder, "is a folder");
    }

    @Test
    void next_endlessLineIsRefused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                Arrays.fill(into, from, from + length, (byte) 'x');
                return length;
            }
        };
        try (TextLines lines = TextLines.of("endless", endless)) {
            assertThatThrownBy(lines::next)
                    .isInstanceOf(GeothermException.class)
                    .hasMessageStartingWith("endless:1: is longer than");
        }
    }

    @Test
    void close_closesTheStream() {
        AtomicBoolean closed = new AtomicBoolean();
        TextLines.of("a", new ByteArrayInputStream(new byte[0]) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                })
                .close();
        assertThat(closed).isTrue();
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(file.toString());
    }

    private static List<String> read(Path file) {
        List<String> all = new ArrayList<>();
        try (TextLines lines = TextLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
                assertThat(lines.number()).isEqualTo(all.size());
            }
        }
        return all;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
