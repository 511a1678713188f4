package dev.geotherm.storage.log;

import static dev.geotherm.storage.log.Logs.append;
import static dev.geotherm.storage.log.Logs.open;
import static dev.geotherm.storage.log.Logs.payload;
import static dev.geotherm.storage.log.Logs.read;
import static dev.geotherm.storage.log.Logs.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geotherm.storage.FileSync;
import dev.geotherm.storage.FolderLockedException;
import dev.geotherm.storage.RecordingChannel;
import dev.geotherm.storage.StorageException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operations of a log without failures, and invalid input. */
class AppendLogTest {
    @TempDir
    Path scratch;

    private static int segments(Path folder) throws IOException {
        return new LogFolder(folder).segments().size();
    }

    @Test
    void append_givesPositionsThatGrow() throws IOException {
        try (AppendLog log = open(scratch)) {
            assertThat(append(log, "one")).isZero();
            assertThat(append(log, "two")).isEqualTo(FrameHeader.SIZE + 3);
            assertThat(log.start()).isZero();
            assertThat(log.end()).isEqualTo(2 * (FrameHeader.SIZE + 3));
        }
    }

    @Test
    void append_consumesThePayloadFromItsPositionToItsLimit() throws IOException {
        try (AppendLog log = open(scratch)) {
            ByteBuffer payload = payload("[text]").position(1).limit(5);
            log.append(payload);
            assertThat(payload.hasRemaining()).isFalse();
            ByteBuffer direct = ByteBuffer.allocateDirect(3).put(payload("two")).flip();
            log.append(direct.asReadOnlyBuffer());
            assertThat(read(log)).containsExactly("text", "two");
        }
    }

    @Test
    void append_ofNothingIsRefused() throws IOException {
        try (AppendLog log = open(scratch)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> append(log, ""))
                    .withMessageContaining("1 to 1073741823 bytes, had 0");
        }
    }

    @Test
    void append_ofPayloadsOfAnySizeIsReadBack() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int size = 1; size < 400_000; size = size * 3 / 2 + 1) {
            texts.add(Character.toString('a' + size % 26).repeat(size));
        }
        try (AppendLog log = open(scratch)) {
            for (String text : texts) {
                append(log, text);
            }
            assertThat(read(log)).isEqualTo(texts);
        }
        try (AppendLog log = open(scratch)) {
            assertThat(read(log)).isEqualTo(texts);
        }
    }

    @Test
    void append_inSteadyStateAllocatesNothing() throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer payload = ByteBuffer.allocate(100);
        try (AppendLog log = AppendLog.open(scratch, Logs.HEADER, LogOptions.defaults())) {
            for (int i = 0; i < 20_000; i++) {
                log.append(payload.clear());
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                log.append(payload.clear());
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        }
    }

    @Test
    void close_twiceHasNoEffectAndLaterUseIsRefused() throws IOException {
        AppendLog log = open(scratch);
        long position = append(log, "one");
        log.close();
        log.close();
        log.commit(position);
        assertThatIllegalStateException()
                .isThrownBy(() -> append(log, "two"))
                .withMessage("the log " + scratch + " is closed");
    }

    @Test
    void close_leavesASegmentWithoutPreallocatedSpace() throws IOException {
        try (AppendLog log = AppendLog.open(scratch, Logs.HEADER, LogOptions.defaults())) {
            append(log, "one");
            assertThat(new LogFolder(scratch).segment(0)).hasSize((1 << 20) + 53 + 16 + 3);
        }
        assertThat(new LogFolder(scratch).segment(0)).hasSize(53 + 16 + 3 + 16);
    }

    @Test
    void open_againAddsNothing() throws IOException {
        try (AppendLog log = open(scratch)) {
            append(log, "one");
        }
        long size = Files.size(new LogFolder(scratch).segment(0));
        for (int i = 0; i < 3; i++) {
            try (AppendLog log = open(scratch)) {
                assertThat(log.cutBytes()).isZero();
                assertThat(read(log)).containsExactly("one");
            }
        }
        assertThat(new LogFolder(scratch).segment(0)).hasSize(size);
    }

    @Test
    void open_createsTheFoldersAbove() throws IOException {
        try (AppendLog log = open(scratch.resolve("a/b/c"))) {
            append(log, "one");
        }
        assertThat(scratch.resolve("a/b/c")).isDirectory();
    }

    @Test
    void open_ofAnOpenLogIsRefused() throws IOException {
        try (AppendLog log = open(scratch)) {
            append(log, "one");
            assertThatExceptionOfType(FolderLockedException.class)
                    .isThrownBy(() -> open(scratch))
                    .withMessageContainingAll(scratch.toString(), "this process");
            append(log, "two");
        }
        try (AppendLog log = open(scratch)) {
            assertThat(read(log)).containsExactly("one", "two");
        }
    }

    @Test
    void open_ofALogOfSomethingElseIsRefusedAndSaysWhatDiffers() throws IOException {
        try (AppendLog log = open(scratch)) {
            append(log, "one");
        }
        var before = Logs.contents(scratch);
        LogHeader ours = Logs.HEADER;
        for (LogHeader other : List.of(
                new LogHeader("GEOOTHER", ours.version(), ours.fingerprint()),
                new LogHeader(ours.magic(), 4, ours.fingerprint()),
                new LogHeader(ours.magic(), ours.version(), "another"))) {
            LogMismatchException refused =
                    catchThrowableOfType(LogMismatchException.class, () -> AppendLog.open(scratch, other, Logs.SMALL));
            assertThat(refused.found()).isEqualTo(ours);
            assertThat(refused).hasMessageContainingAll(scratch.toString(), "expected", "found", "start over");
        }
        Logs.assertSame(Logs.contents(scratch), before);
        open(scratch).close();
    }

    @Test
    void header_ofAnotherLayoutIsRefused() throws IOException {
        open(scratch).close();
        Path file = new LogFolder(scratch).segment(0);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.putInt(8, 2);
        var crc = new java.util.zip.CRC32C();
        crc.update(bytes.array(), 0, bytes.limit() - 4);
        Files.write(file, bytes.putInt(bytes.limit() - 4, (int) crc.getValue()).array());
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> open(scratch))
                .withMessage("cannot read the log file " + file
                        + ": its layout has version 2, expected 1; use the program that wrote it");
    }

    @Test
    void header_checksItsValues() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LogHeader("SHORT", 1, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogHeader("WITH SP1", 1, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogHeader("GEOTESTS", 1, "ä".repeat(16_385)));
        assertThat(new LogHeader("GEOTESTS", 1, "ä".repeat(16_384)).version()).isEqualTo(1);
    }

    @Test
    void header_mayHaveTheLongestFingerprint() throws IOException {
        LogHeader header = new LogHeader("GEOTESTS", 1, "ä".repeat(16_384));
        for (String text : List.of("one", "two")) {
            try (AppendLog log = AppendLog.open(scratch, header, Logs.SMALL)) {
                append(log, text);
            }
        }
        try (AppendLog log = AppendLog.open(scratch, header, Logs.SMALL)) {
            assertThat(read(log)).containsExactly("one", "two");
        }
    }

    @Test
    void options_checkTheirValues() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LogOptions(1023, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogOptions((1 << 30) + 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogOptions(1024, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogOptions(1024, (1 << 26) + 1));
    }

    @Test
    void roll_keepsPositionsAndOrder() throws IOException {
        List<String> texts = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            try (AppendLog log = open(scratch)) {
                for (int i = 0; i < 40; i++) {
                    texts.add("run " + run + " text " + i + "x".repeat(i));
                    positions.add(append(log, texts.get(texts.size() - 1)));
                }
                assertThat(read(log)).isEqualTo(texts);
                try (LogReader reader = log.reader()) {
                    for (int i = texts.size() - 1; i >= 0; i--) {
                        reader.seek(positions.get(i));
                        assertThat(reader.next()).isTrue();
                        assertThat(reader.position()).isEqualTo(positions.get(i));
                        assertThat(reader.payload()).isEqualTo(payload(texts.get(i)));
                    }
                }
            }
        }
        assertThat(segments(scratch)).isGreaterThan(5);
        assertThat(positions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void roll_givesALongFrameASegmentOfItsOwn() throws IOException {
        try (AppendLog log = open(scratch)) {
            append(log, "one");
            append(log, "x".repeat(5_000));
            append(log, "two");
            assertThat(segments(scratch)).isEqualTo(3);
            assertThat(read(log)).containsExactly("one", "x".repeat(5_000), "two");
        }
    }

    @Test
    void reader_followsALogThatGrows() throws IOException {
        try (AppendLog log = open(scratch);
                LogReader reader = log.reader()) {
            assertThat(reader.next()).isFalse();
            for (int i = 0; i < 50; i++) {
                String text = "text " + i + "x".repeat(100);
                append(log, text);
                assertThat(rest(reader)).containsExactly(text);
            }
        }
    }

    @Test
    void reader_ofAPositionWithoutAFrameFailsAndReportsNoDamage() throws IOException {
        try (AppendLog log = open(scratch);
                LogReader reader = log.reader()) {
            long first = append(log, "one");
            long second = append(log, "two");
            reader.seek(second - 1);
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(reader::next)
                    .withMessage("cannot read position " + (second - 1) + " of the log " + scratch
                            + ": a frame starts at " + first + " and the next one at " + second);
            for (long position : new long[] {-1, log.end() + 1, Long.MAX_VALUE}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> reader.seek(position))
                        .withMessage(
                                "the log " + scratch + " has no position " + position + ", it ends at " + log.end());
            }
            reader.seek(log.end());
            assertThat(reader.next()).isFalse();
            reader.seek(second);
            assertThat(reader.next()).isTrue();
        }
    }

    @Test
    void commit_ofAPositionWithoutAFrameIsRefused() throws IOException {
        try (AppendLog log = open(scratch)) {
            log.commit();
            append(log, "one");
            log.commit();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> log.commit(19))
                    .withMessage("the log has no frame at 19, it ends at 19");
        }
    }

    @Test
    void trim_deletesSegmentsWhoseFramesLieBefore() throws IOException {
        List<Long> positions = new ArrayList<>();
        try (AppendLog log = open(scratch);
                LogReader behind = log.reader()) {
            for (int i = 0; i < 30; i++) {
                positions.add(append(log, "text " + i + "x".repeat(100)));
            }
            log.trim(0);
            assertThat(log.start()).isZero();
            log.trim(positions.get(20));
            assertThat(log.start()).isPositive().isLessThanOrEqualTo(positions.get(20));
            List<String> kept = read(log);
            assertThat(kept).hasSizeBetween(10, 20).last().asString().startsWith("text 29");
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(behind::next)
                    .withMessage("cannot read position 0 of the log " + scratch + ": it was trimmed, the log starts at "
                            + log.start());
            log.trim(Long.MAX_VALUE);
            assertThat(segments(scratch)).as("the active one stays").isEqualTo(1);
        }
        try (AppendLog log = open(scratch)) {
            assertThat(log.start()).isPositive();
            append(log, "more");
            assertThat(read(log)).last().isEqualTo("more");
        }
    }

    @Test
    void trim_thatWasInterruptedIsFinishedByTheNextOpen() throws IOException {
        try (AppendLog log = open(scratch)) {
            for (int i = 0; i < 30; i++) {
                append(log, "text " + i + "x".repeat(100));
            }
        }
        var before = Logs.contents(scratch);
        long kept;
        try (AppendLog log = open(scratch)) {
            log.trim(Long.MAX_VALUE);
            kept = log.start();
        }
        before.put("start", Files.readAllBytes(scratch.resolve("start")));
        Logs.restore(scratch, before);
        Files.delete(new LogFolder(scratch).segment(0));
        try (AppendLog log = open(scratch)) {
            assertThat(log.start()).isEqualTo(kept);
            assertThat(segments(scratch)).isEqualTo(1);
        }
    }

    @Test
    void trim_forcesTheNewStartBeforeItDeletesASegment() throws IOException {
        List<Integer> segmentsAtForces = new ArrayList<>();
        List<String> forced = new ArrayList<>();
        AppendLog.Disk recording = file -> new DiskFile(
                file,
                new FileSync(
                        file,
                        path -> new RecordingChannel(
                                FileChannel.open(path, StandardOpenOption.WRITE),
                                () -> {
                                    if (path.endsWith("start")) {
                                        segmentsAtForces.add(segments(scratch));
                                        forced.add(Files.readString(path));
                                    }
                                },
                                () -> {})));
        try (AppendLog log = AppendLog.open(scratch, Logs.HEADER, Logs.SMALL, recording)) {
            for (int i = 0; i < 30; i++) {
                append(log, "text " + i + "x".repeat(100));
            }
            int before = segments(scratch);
            log.trim(Long.MAX_VALUE);
            assertThat(segmentsAtForces).containsExactly(before);
            assertThat(forced).containsExactly(Files.readString(scratch.resolve("start")));
            assertThat(segments(scratch)).isEqualTo(1);
        }
    }

    @Test
    void trim_thatWasKilledWhileItWroteTheStartIsIgnored() throws IOException {
        List<Long> positions = new ArrayList<>();
        byte[] before;
        byte[] after;
        long start;
        try (AppendLog log = open(scratch)) {
            for (int i = 0; i < 30; i++) {
                positions.add(append(log, "text " + i + "x".repeat(100)));
            }
            log.trim(positions.get(10));
            start = log.start();
            before = Files.readAllBytes(scratch.resolve("start"));
        }
        var killed = Logs.contents(scratch);
        try (AppendLog log = open(scratch)) {
            log.trim(positions.get(20));
            after = Files.readAllBytes(scratch.resolve("start"));
        }
        assertThat(after).isNotEqualTo(before);
        for (int written = 0; written < before.length / 2; written++) {
            byte[] torn = before.clone();
            System.arraycopy(after, 0, torn, 0, written);
            killed.put("start", torn);
            Logs.restore(scratch, killed);
            try (AppendLog log = open(scratch)) {
                if (!Arrays.equals(torn, after)) {
                    assertThat(log.start()).isEqualTo(start);
                }
                log.trim(positions.get(20));
                assertThat(scratch.resolve("start")).hasBinaryContent(after);
            }
        }
    }

    @Test
    void deleteAndClose_leavesNothing() throws IOException {
        Path folder = scratch.resolve("log");
        AppendLog log = open(folder);
        for (int i = 0; i < 30; i++) {
            append(log, "text " + i + "x".repeat(100));
        }
        log.trim(log.end());
        log.deleteAndClose();
        log.deleteAndClose();
        log.close();
        assertThat(scratch).isEmptyDirectory();
        try (AppendLog next = open(folder)) {
            assertThat(next.end()).isZero();
        }
    }

    @Test
    void deleteAndClose_leavesWhatIsNotItsOwn() throws IOException {
        AppendLog log = open(scratch);
        Path notes = Files.writeString(scratch.resolve("notes.txt"), "mine");
        log.deleteAndClose();
        try (var files = Files.list(scratch)) {
            assertThat(files).containsExactly(notes);
        }
    }

    @Test
    void deleteAndClose_thatWasInterruptedIsFinishedByTheNextOpen() throws IOException {
        try (AppendLog log = open(scratch)) {
            for (int i = 0; i < 30; i++) {
                append(log, "text " + i + "x".repeat(100));
            }
        }
        Files.createFile(scratch.resolve("deleted"));
        Files.delete(new LogFolder(scratch).segments().get(1));
        try (AppendLog log = open(scratch)) {
            assertThat(log.end()).isZero();
            assertThat(scratch.resolve("deleted")).doesNotExist();
        }
    }
}
