package dev.geotherm.batch.measure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import dev.geotherm.api.GeothermException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
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
    void next_readsTheReplacementCharacter() throws IOException {
        Path file = write("a.txt", "one\uFFFD\ntwo".getBytes(UTF_8));
        assertThat(read(file)).containsExactly("one\uFFFD", "two");
    }

    @Test
    void next_readsLinesAcrossBuffers() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int length : List.of(65_535, 1, 65_536, 0, 200_000, 65_534, 3)) {
            lines.add("\u00F6".repeat(length / 2) + "x".repeat(length % 2));
        }
        Path file = write("a.txt", String.join("\n", lines).getBytes(UTF_8));
        assertThat(read(file)).isEqualTo(lines);
    }

    @Test
    void bytes_countsTheLineWithoutItsTerminator() {
        try (TextLines lines = TextLines.of("a", new ByteArrayInputStream("tw\u00F6\r\n\nlast".getBytes(UTF_8)))) {
            for (int bytes : List.of(4, 0, 4)) {
                assertThat(lines.next()).isNotNull();
                assertThat(lines.bytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void open_decompressesArchives() throws IOException {
        assertThat(read(write("a.txt.gz", gzip("one\ntwo")))).containsExactly("one", "two");
    }

    @Test
    void open_linkToItselfIsRefusedWithoutTheNameOfAClass() throws IOException {
        Path loop = Files.createSymbolicLink(folder.resolve("loop.txt"), Path.of("loop.txt"));
        assertThatThrownBy(() -> read(loop))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(loop + ": cannot be read: ")
                .hasMessageNotContaining("Exception");
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
        assertRefused(write("a.gz", damaged), "is not a whole archive");
        assertRefused(write("b.gz", "plain".getBytes(UTF_8)), "is not a whole archive");
    }

    @Test
    void open_readsEveryMemberOfAnArchive() throws IOException {
        byte[] both = join(gzip("one\n"), new byte[0], gzip("two\n"), gzip(""));
        assertThat(read(write("a.gz", both))).containsExactly("one", "two");
        assertThat(read(write("a.txt.GZ", gzip("upper")))).containsExactly("upper");
    }

    @Test
    void open_readsHeadersWithEveryField() throws IOException {
        byte[] plain = gzip("one\n");
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3});
        header.writeBytes(new byte[] {3, 0, 'e', 'x', 't'});
        header.writeBytes("name\0comment\0".getBytes(UTF_8));
        CRC32 checksum = new CRC32();
        checksum.update(header.toByteArray());
        header.write((int) checksum.getValue());
        header.write((int) checksum.getValue() >> 8);
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
        assertThat(read(write("a.gz", join(header.toByteArray(), rest)))).containsExactly("one");

        byte[] damaged = header.toByteArray();
        damaged[4] ^= 1;
        assertRefused(write("b.gz", join(damaged, rest)), "wrong checksum of a header");
    }

    /** The JDK's stream ends without an error in all of these places. */
    @Test
    void next_damageInOrAfterALaterMemberIsRefused() throws IOException {
        byte[] first = gzip("one\n");
        byte[] second = gzip("two\n");
        for (int length = 1; length < second.length; length++) {
            assertRefused(write("a.gz", join(first, Arrays.copyOf(second, length))), "the archive ends too early");
        }
        for (int at = 0; at < 4; at++) {
            byte[] damaged = second.clone();
            damaged[at] ^= (byte) 0xff;
            assertRefused(write("b.gz", join(first, damaged)), "is not a whole archive");
        }
        assertRefused(write("d.gz", join(first, "more".getBytes(UTF_8))), "what follows is not in gzip format");
        assertRefused(write("e.gz", new byte[0]), "the archive ends too early");
    }

    @Test
    void open_archiveMayEndWithZeros() throws IOException {
        byte[] archive = join(gzip("one\n"), gzip("two\n"));
        for (int zeros : List.of(1, 2, 511, 10_240, 70_000)) {
            byte[] padding = new byte[zeros];
            assertThat(read(write("a.gz", join(archive, padding)))).containsExactly("one", "two");
            String place = "what follows is not in gzip format near byte " + (archive.length + zeros);
            assertRefused(write("b.gz", join(archive, padding, new byte[] {1})), place);
            assertRefused(write("c.gz", join(archive, padding, gzip("three\n"))), place);
            assertRefused(write("d.gz", padding), "not in gzip format");
        }
    }

    @Test
    void open_skipsSkippableFramesOfZstandard() throws IOException {
        for (int number = 0; number < 16; number++) {
            byte[] skippable = {(byte) (0x50 + number), 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
            byte[] archive = join(skippable, zstandard("one\n"), skippable, zstandard("two\n"), skippable);
            assertThat(read(write("a.zst", archive))).containsExactly("one", "two");
            assertThat(read(write("b.jsonl", archive))).containsExactly("one", "two");
            for (int missing = 1; missing < skippable.length; missing++) {
                byte[] cut = Arrays.copyOf(archive, archive.length - missing);
                assertRefused(write("c.zst", cut), "the archive ends too early");
            }
        }
    }

    @Test
    void open_readsEveryFrameOfZstandard() throws IOException {
        byte[] both = join(zstandard("one\n"), zstandard(""), zstandard("two\n"));
        assertThat(read(write("a.zst", both))).containsExactly("one", "two");
        assertThat(read(write("a.txt.ZST", zstandard("upper")))).containsExactly("upper");
    }

    @Test
    void open_readsArchivesUnderOtherNames() throws IOException {
        assertThat(read(write("a.txt", zstandard("one")))).containsExactly("one");
        assertThat(read(write("b.txt", gzip("two")))).containsExactly("two");
    }

    @Test
    void next_damagedZstandardIsRefused() throws IOException {
        byte[] first = zstandard("one\n".repeat(20));
        byte[] both = join(first, zstandard("two\n".repeat(20)));
        List<String> whole = read(write("a.zst", both));
        for (int length = 0; length < both.length; length++) {
            if (length != first.length) {
                assertRefused(write("b.zst", Arrays.copyOf(both, length)), "the archive ends too early");
            }
        }
        for (int bit = 0; bit < both.length * Byte.SIZE; bit += 3) { // every bit of some byte
            byte[] damaged = both.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try {
                assertThat(read(write("c.zst", damaged))).isEqualTo(whole); // a size of the window, for example
            } catch (GeothermException refused) {
                assertThat(refused).hasMessageContaining("c.zst").hasMessageContaining("archive");
            }
        }
        assertRefused(write("d.zst", join(both, "more".getBytes(UTF_8))), "is not a whole archive");
        assertRefused(write("e.zst", "plain".getBytes(UTF_8)), "is not a whole archive");
    }

    @Test
    void start_isReadAgain() throws IOException {
        try (TextLines lines = TextLines.open(write("a.txt", "a long line\nb".getBytes(UTF_8)))) {
            assertThat(lines.start()).asString(UTF_8).isEqualTo("a long l");
            assertThat(lines.next()).isEqualTo("a long line");
        }
        try (TextLines lines = TextLines.open(write("b.txt", new byte[0]))) {
            assertThat(lines.start()).isEmpty();
            assertThat(lines.next()).isNull();
        }
    }

    @Test
    void nextText_skipsBlankLinesAndCountsThem() throws IOException {
        Path file = write("a.txt", "\n\n  one \n \t\r\n\n\u3000\ntwo".getBytes(UTF_8));
        try (TextLines lines = TextLines.open(file)) {
            assertThat(lines.nextText()).isEqualTo("  one ");
            assertThat(lines.number()).isEqualTo(3);
            assertThat(lines.nextText()).isEqualTo("two");
            assertThat(lines.number()).isEqualTo(7);
            assertThat(lines.nextText()).isNull();
            assertThat(lines.nextText()).isNull();
        }
    }

    @Test
    void nextText_endlessBlankLinesAreRefused() {
        for (byte blank : new byte[] {'\n', ' '}) {
            InputStream endless = new InputStream() {
                @Override
                public int read() {
                    return blank;
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    Arrays.fill(into, from, from + length, blank);
                    return length;
                }
            };
            try (TextLines lines = TextLines.of("endless", endless)) {
                assertThatThrownBy(lines::nextText)
                        .isInstanceOf(GeothermException.class)
                        .hasMessageStartingWith("endless:");
            }
        }
    }

    @Test
    void open_pipeIsRefusedAtOnce() throws Exception {
        Path pipe = folder.resolve("pipe.jsonl");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertRefused(pipe, "is a pipe"));
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

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] zstandard(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstandard = new ZstdOutputStream(out)) {
            zstandard.setChecksum(true);
            zstandard.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
