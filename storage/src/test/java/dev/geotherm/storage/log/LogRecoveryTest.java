package dev.geotherm.storage.log;

import static dev.geotherm.storage.log.Logs.append;
import static dev.geotherm.storage.log.Logs.contents;
import static dev.geotherm.storage.log.Logs.openUnforced;
import static dev.geotherm.storage.log.Logs.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geotherm.storage.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovery truncates what a crash can leave and refuses any other damage; a refusal changes nothing. */
class LogRecoveryTest {
    private static final List<String> TEXTS = List.of("one", "the second", "3", "the fourth of these", "five");
    private static final String FIRST = "00000000000000000000.log";
    private static final int HEADER_SIZE = new SegmentHeader(Logs.HEADER, 0, 0).size();

    @TempDir(factory = MemoryFolder.class)
    Path scratch;

    /** The progress of the writer when its files were copied. */
    enum End {
        /** It closed the log. */
        CLOSED,
        /** It was killed after it had committed each frame. */
        COMMITTED,
        /** It was killed before it committed anything. */
        WRITTEN
    }

    /** The result of opening and reading a log: its texts, or the refusal, and whether opening succeeded. */
    private record Result(List<String> texts, DamagedLogException refusal, boolean opened) {}

    private Map<String, byte[]> log(End end, List<String> texts, LogOptions options) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "log");
        AppendLog log = AppendLog.open(folder, Logs.HEADER, options);
        try (log) {
            for (String text : texts) {
                long position = append(log, text);
                if (end == End.COMMITTED) {
                    log.commit(position);
                }
            }
            if (end != End.CLOSED) {
                return contents(folder);
            }
        }
        return contents(folder);
    }

    private Map<String, byte[]> log(End end) throws IOException {
        return log(end, TEXTS, Logs.SMALL);
    }

    /**
     * Opens and reads a log with the given files; checks that it can be continued, or that a refusal changed nothing.
     */
    private Result open(Map<String, byte[]> files) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("opened"));
        Logs.restore(folder, files);
        List<String> texts;
        Map<String, byte[]> killed;
        boolean opened = false;
        try (AppendLog log = openUnforced(folder)) {
            opened = true;
            texts = read(log);
            append(log, "more");
            killed = contents(folder);
        } catch (DamagedLogException refused) {
            if (!opened) {
                Logs.assertSame(contents(folder), files);
            }
            assertThat(refused)
                    .hasMessageContaining(
                            Files.exists(refused.file())
                                    ? refused.file() + " is damaged at byte " + refused.offset() + ": "
                                    : refused.file() + " is missing: ")
                    .hasMessageContaining("restore it from a copy, or delete the folder " + folder + " to start over");
            assertThat(refused.file().getParent()).isEqualTo(folder);
            return new Result(List.of(), refused, opened);
        }
        Logs.restore(folder, killed);
        try (AppendLog log = openUnforced(folder)) {
            assertThat(log.cutBytes()).isZero();
            List<String> again = read(log);
            assertThat(again.subList(0, again.size() - 1)).isEqualTo(texts);
            assertThat(again).last().isEqualTo("more");
        }
        return new Result(texts, null, opened);
    }

    private static Map<String, byte[]> with(Map<String, byte[]> files, String name, byte[] content) {
        var changed = new java.util.TreeMap<>(files);
        changed.put(name, content);
        return changed;
    }

    private static Map<String, byte[]> without(Map<String, byte[]> files, String name) {
        var changed = new java.util.TreeMap<>(files);
        changed.remove(name);
        return changed;
    }

    private static byte[] flipped(byte[] content, int at, int bit) {
        byte[] changed = content.clone();
        changed[at] ^= (byte) (1 << bit);
        return changed;
    }

    /** Returns the number of frames that end at or before an offset in the first file. */
    private static int framesBefore(int offset, List<String> texts) {
        int end = HEADER_SIZE;
        int frames = 0;
        for (String text : texts) {
            end += FrameHeader.SIZE + text.length();
            if (end > offset) {
                return frames;
            }
            frames++;
        }
        return frames;
    }

    @Test
    void open_afterAKillReadsEverything() throws IOException {
        for (End end : End.values()) {
            for (int preallocated : new int[] {0, 100, 4096}) {
                assertThat(open(log(end, TEXTS, new LogOptions(1 << 20, preallocated)))
                                .texts())
                        .isEqualTo(TEXTS);
            }
        }
    }

    @Test
    void open_ofALogCutOffAtAnyByteKeepsTheFramesBefore() throws IOException {
        for (End end : End.values()) {
            Map<String, byte[]> files = log(end);
            byte[] content = files.get(FIRST);
            for (int length = 0; length <= content.length; length++) {
                Result result = open(with(files, FIRST, Arrays.copyOf(content, length)));
                if (length < HEADER_SIZE) {
                    assertThat(result.refusal()).as("cut to %s", length).isNotNull();
                } else {
                    assertThat(result.refusal()).as("cut to %s", length).isNull();
                    assertThat(result.texts()).isEqualTo(TEXTS.subList(0, framesBefore(length, TEXTS)));
                }
            }
        }
    }

    @Test
    void open_ofALogWhoseRestIsZerosKeepsTheFramesBefore() throws IOException {
        Map<String, byte[]> files = log(End.WRITTEN);
        byte[] content = files.get(FIRST);
        for (int length = HEADER_SIZE; length <= content.length; length++) {
            byte[] zeroed = Arrays.copyOf(Arrays.copyOf(content, length), content.length + 3000);
            Result result = open(with(files, FIRST, zeroed));
            assertThat(result.texts())
                    .as("zeros from %s", length)
                    .isEqualTo(TEXTS.subList(0, framesBefore(length, TEXTS)));
        }
    }

    @Test
    void open_ofAClosedLogWithAFlippedBitIsRefused() throws IOException {
        Map<String, byte[]> files = log(End.CLOSED);
        byte[] content = files.get(FIRST);
        for (int at = 0; at < content.length; at++) {
            Result result = open(with(files, FIRST, flipped(content, at, at % 8)));
            if (at < content.length - FrameHeader.SIZE) {
                assertThat(result.refusal()).as("flip at %s", at).isNotNull();
                if (at >= HEADER_SIZE) {
                    assertThat(result.refusal().offset()).isBetween(at - 40L, (long) at);
                }
            } else {
                assertThat(result.texts()).as("flip at %s, in the mark", at).isEqualTo(TEXTS);
            }
        }
    }

    @Test
    void open_afterAKillWithAFlippedBitIsRefusedBeforeTheLastFrame() throws IOException {
        flipAll(0);
    }

    @Test
    @Tag("full")
    void open_afterAKillWithAnyFlippedBitIsRefusedBeforeTheLastFrame() throws IOException {
        for (int bit = 1; bit < 8; bit++) {
            flipAll(bit);
        }
    }

    private void flipAll(int bit) throws IOException {
        for (End end : List.of(End.COMMITTED, End.WRITTEN)) {
            Map<String, byte[]> files = log(end);
            byte[] content = files.get(FIRST);
            int last = content.length - FrameHeader.SIZE - TEXTS.get(4).length();
            for (int at = 0; at < content.length; at++) {
                Result result = open(with(files, FIRST, flipped(content, at, (at + bit) % 8)));
                if (at < last) {
                    assertThat(result.refusal()).as("%s: flip at %s", end, at).isNotNull();
                } else {
                    assertThat(result.texts()).as("%s: flip at %s", end, at).isEqualTo(TEXTS.subList(0, 4));
                }
            }
        }
    }

    @Test
    void open_ofZerosThatWereFlippedCutsThemOff() throws IOException {
        Map<String, byte[]> files = log(End.COMMITTED, TEXTS, new LogOptions(1 << 20, 600));
        byte[] content = files.get(FIRST);
        int end = HEADER_SIZE
                + TEXTS.stream()
                        .mapToInt(text -> FrameHeader.SIZE + text.length())
                        .sum();
        assertThat(content.length).isGreaterThan(end + 500);
        for (int at = end; at < content.length; at++) {
            assertThat(open(with(files, FIRST, flipped(content, at, at % 8))).texts())
                    .as("flip at %s", at)
                    .isEqualTo(TEXTS);
        }
    }

    @Test
    void open_afterALossOfPowerCutsWhatWasNeverForced() throws IOException {
        List<String> texts = IntStream.range(0, 60)
                .mapToObj(i -> "text " + i + "y".repeat(i))
                .toList();
        LogOptions oneSegment = new LogOptions(1 << 20, 0);
        Map<String, byte[]> written = log(End.WRITTEN, texts, oneSegment);
        Map<String, byte[]> committed = log(End.COMMITTED, texts, oneSegment);
        Map<String, byte[]> closed = log(End.CLOSED, texts, oneSegment);
        int length = written.get(FIRST).length;
        for (int sector = 1; sector < length / 512; sector++) {
            int from = sector * 512;
            assertThat(open(hole(written, from)).texts())
                    .as("sector %s is a hole", sector)
                    .isEqualTo(texts.subList(0, framesBefore(from, texts)));
            assertThat(open(hole(committed, from)).refusal()).isNotNull();
            assertThat(open(hole(closed, from)).refusal()).isNotNull();
        }
    }

    private static Map<String, byte[]> hole(Map<String, byte[]> files, int from) {
        byte[] content = files.get(FIRST).clone();
        Arrays.fill(content, from, from + 512, (byte) 0);
        return with(files, FIRST, content);
    }

    @Test
    void open_doesNotTakeAPayloadForFrames() throws IOException {
        Path folder = scratch.resolve("outer");
        Map<String, byte[]> files;
        try (AppendLog log = AppendLog.open(folder, Logs.HEADER, Logs.SMALL)) {
            append(log, "one");
            log.append(java.nio.ByteBuffer.wrap(log(End.CLOSED).get(FIRST)));
            files = contents(folder);
        }
        byte[] torn = flipped(files.get(FIRST), HEADER_SIZE + FrameHeader.SIZE + 3, 4);
        assertThat(open(with(files, FIRST, torn)).texts()).containsExactly("one");
    }

    private Map<String, byte[]> segments() throws IOException {
        List<String> texts =
                IntStream.range(0, 25).mapToObj(i -> i + " " + "z".repeat(100)).toList();
        return log(End.CLOSED, texts, Logs.SMALL);
    }

    @Test
    void open_withoutAnyOneSegmentIsRefused() throws IOException {
        Map<String, byte[]> files = segments();
        List<String> names =
                files.keySet().stream().filter(name -> name.endsWith(".log")).toList();
        assertThat(names).hasSize(4);
        for (String name : names) {
            Result result = open(without(files, name));
            assertThat(result.refusal())
                    .as("without %s", name)
                    .hasMessageMatching("(?s).*(\\.log is missing: |a file between them is missing).*");
            assertThat(result.opened()).isFalse();
        }
    }

    @Test
    void open_withoutASegmentThatWasNotTrimmedIsRefused() throws IOException {
        Path folder = scratch.resolve("trimmed");
        Logs.restore(folder, segments());
        List<Path> segments = new LogFolder(folder).segments();
        try (AppendLog log = openUnforced(folder)) {
            log.trim(Long.parseLong(segments.get(2).getFileName().toString().substring(0, 20)));
        }
        Map<String, byte[]> files = contents(folder);
        assertThat(files).hasSize(3).containsKey("start");
        assertThat(open(files).refusal()).isNull();
        for (String name : files.keySet()) {
            assertThat(open(without(files, name)).refusal())
                    .as("without %s", name)
                    .hasMessageContaining("is missing");
        }
        byte[] start = files.get("start");
        for (int at = 0; at < start.length; at++) {
            Result result = open(with(files, "start", flipped(start, at, at % 8)));
            if (at < start.length / 2) {
                assertThat(result.refusal())
                        .as("flip at %s, in the older line", at)
                        .isNull();
            } else {
                assertThat(result.refusal())
                        .as("flip at %s, in the line that counts", at)
                        .hasMessageContaining("is missing: the log starts there");
            }
        }
        for (int length = 0; length < start.length; length++) {
            assertThat(open(with(files, "start", Arrays.copyOf(start, length))).refusal())
                    .as("cut to %s", length)
                    .hasMessageContaining("start is damaged at byte 0: ");
        }
        assertThat(open(without(
                                without(files, segments.get(2).getFileName().toString()),
                                segments.get(3).getFileName().toString()))
                        .refusal())
                .hasMessageContaining(segments.get(2).getFileName() + " is missing: the log starts there");
    }

    @Test
    void open_ofAnOlderSegmentThatWasCutOffIsRefused() throws IOException {
        Map<String, byte[]> files = segments();
        String second = List.copyOf(files.keySet()).get(1);
        byte[] content = files.get(second);
        for (int length = 0; length < content.length - FrameHeader.SIZE; length += 7) {
            Result result = open(with(files, second, Arrays.copyOf(content, length)));
            assertThat(result.refusal()).as("cut to %s", length).isNotNull();
            assertThat(result.opened()).isFalse();
        }
        assertThat(open(with(files, second, Arrays.copyOf(content, content.length - FrameHeader.SIZE)))
                        .texts())
                .as("the seal is not needed while the next segment is there")
                .hasSize(25);
    }

    @Test
    void read_ofAnOlderSegmentWithAFlippedBitIsRefused() throws IOException {
        Map<String, byte[]> files = segments();
        String second = List.copyOf(files.keySet()).get(1);
        byte[] content = files.get(second);
        for (int at = 0; at < content.length - FrameHeader.SIZE; at += 3) {
            assertThat(open(with(files, second, flipped(content, at, at % 8))).refusal())
                    .as("flip at %s", at)
                    .isNotNull();
        }
    }

    @Test
    void open_ofASegmentOfAnotherLogIsRefused() throws IOException {
        Map<String, byte[]> files = segments();
        Map<String, byte[]> others = segments();
        String second = List.copyOf(files.keySet()).get(1);
        assertThat(open(with(files, second, others.get(second))).refusal())
                .hasMessageContaining("it belongs to another log");
        assertThat(open(with(files, second, files.get(FIRST))).refusal())
                .hasMessageContaining("its first frame has position 0, which its name does not say");
    }

    @Test
    void open_namesTheFrameThatIsDamaged() throws IOException {
        Map<String, byte[]> files = log(End.COMMITTED);
        int second = HEADER_SIZE + FrameHeader.SIZE + 3;
        DamagedLogException refused = open(with(files, FIRST, flipped(files.get(FIRST), second + 20, 0)))
                .refusal();
        assertThat(refused.offset()).isEqualTo(second);
        assertThat(refused)
                .hasMessageContaining("at byte " + second + ": the frame there is invalid, but valid frames follow it");
    }

    @Test
    void open_ofSomethingThatIsNoLogIsRefused() throws IOException {
        for (int length : new int[] {0, 10, 100, 100_000}) {
            byte[] noise = new byte[length];
            new Random(length).nextBytes(noise);
            Path folder = Files.createTempDirectory(scratch, "noise");
            Files.write(folder.resolve(FIRST), noise);
            assertThat(catchThrowableOfType(DamagedLogException.class, () -> openUnforced(folder)))
                    .hasMessageContaining(FIRST);
        }
    }

    @Test
    void open_ofRandomDamageNeverReadsWhatWasNotWritten() throws Exception {
        Seeds.run(60, this::damageAtRandom);
    }

    @Test
    @Tag("full")
    void open_ofMuchRandomDamageNeverReadsWhatWasNotWritten() throws Exception {
        Seeds.run(5_000, this::damageAtRandom);
    }

    private void damageAtRandom(Random random) throws IOException {
        List<String> texts = IntStream.range(0, 1 + random.nextInt(30))
                .mapToObj(i -> i + " " + "w".repeat(random.nextInt(150)))
                .toList();
        End end = End.values()[random.nextInt(3)];
        LogOptions options = new LogOptions(1024 + random.nextInt(2000), random.nextInt(2) * random.nextInt(500));
        Map<String, byte[]> files = log(end, texts, options);
        String name = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
        byte[] content = files.get(name).clone();
        int from = random.nextInt(content.length);
        switch (random.nextInt(3)) {
            case 0 -> content = Arrays.copyOf(content, from);
            case 1 ->
                Arrays.fill(content, from, from + random.nextInt(content.length - from), (byte) random.nextInt(256));
            default -> content = flipped(content, from, random.nextInt(8));
        }
        Result result = open(with(files, name, content));
        if (result.refusal() == null) {
            assertThat(result.texts()).isEqualTo(texts.subList(0, result.texts().size()));
        }
    }
}
