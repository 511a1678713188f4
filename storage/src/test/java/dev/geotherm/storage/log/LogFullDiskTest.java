package dev.geotherm.storage.log;

import static dev.geotherm.storage.log.Logs.append;
import static dev.geotherm.storage.log.Logs.contents;
import static dev.geotherm.storage.log.Logs.open;
import static dev.geotherm.storage.log.Logs.payload;
import static dev.geotherm.storage.log.Logs.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.storage.StorageException;
import dev.geotherm.testkit.SmallDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full or failing disks at any point: appended frames are kept, and the log continues once the disk works again. */
class LogFullDiskTest {
    @TempDir(factory = MemoryFolder.class)
    Path scratch;

    /** A disk that accepts a given number of bytes, and only the part of a write that still fits. */
    private static final class Disk implements AppendLog.Disk {
        int room = Integer.MAX_VALUE;
        int forces;
        boolean truncates = true;
        boolean failsToForce;

        @Override
        public DiskFile open(Path file) throws IOException {
            return new DiskFile(file) {
                @Override
                void write(long offset, byte[] bytes, int length) throws IOException {
                    int fitting = Math.min(room, length);
                    super.write(offset, bytes, fitting);
                    room -= fitting;
                    if (fitting < length) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                void truncate(long size) throws IOException {
                    if (!truncates) {
                        throw new IOException("Input/output error");
                    }
                    super.truncate(size);
                }

                @Override
                void force() throws IOException {
                    forces++;
                    if (failsToForce) {
                        throw new IOException("Input/output error");
                    }
                }
            };
        }
    }

    private static final List<String> TEXTS = List.of("one", "two " + "x".repeat(300), "three", "four");

    @Test
    void append_whereverTheDiskIsFullLeavesTheLogAsItWas() throws IOException {
        for (boolean truncates : new boolean[] {true, false}) {
            for (int preallocated : new int[] {0, 64}) {
                for (int room = 0; room < 400; room += 3) {
                    appendWithRoom(room, new LogOptions(1024, preallocated), truncates);
                }
            }
        }
    }

    private void appendWithRoom(int room, LogOptions options, boolean truncates) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "log");
        Disk disk = new Disk();
        List<String> appended = new ArrayList<>();
        try (AppendLog log = AppendLog.open(folder, Logs.HEADER, options, disk)) {
            disk.room = room;
            disk.truncates = truncates;
            String refused = null;
            for (String text : TEXTS) {
                ByteBuffer payload = payload(text);
                try {
                    log.append(payload);
                    appended.add(text);
                } catch (StorageException full) {
                    refused = text;
                    assertThat(full)
                            .hasMessage("cannot append to the log " + folder
                                    + ": No space left on device; what was appended before is not affected");
                    assertThat(payload).as("can be appended again").isEqualTo(payload(text));
                    break;
                }
            }
            assertThat(read(log)).isEqualTo(appended);
            var killed = contents(folder);

            disk.room = Integer.MAX_VALUE;
            disk.truncates = true;
            if (refused != null) {
                append(log, "x");
                append(log, refused);
                appended.addAll(List.of("x", refused));
                assertThat(read(log)).isEqualTo(appended);
            }
            Path copy = Files.createTempDirectory(scratch, "killed");
            Logs.restore(copy, killed);
            try (AppendLog recovered = open(copy)) {
                assertThat(read(recovered)).isEqualTo(appended.subList(0, appended.size() - (refused == null ? 0 : 2)));
            }
        }
        try (AppendLog log = open(folder)) {
            assertThat(log.cutBytes()).isZero();
            assertThat(read(log)).isEqualTo(appended);
        }
    }

    @Test
    void append_whileAPartOfAFrameCannotBeRemovedIsRefused() throws IOException {
        Disk disk = new Disk();
        try (AppendLog log = AppendLog.open(scratch, Logs.HEADER, Logs.SMALL, disk)) {
            append(log, "one");
            disk.room = 20;
            disk.truncates = false;
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> append(log, "a longer text"));
            disk.room = Integer.MAX_VALUE;
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> append(log, "x"))
                    .withMessageContaining("Input/output error");
            disk.truncates = true;
            append(log, "x");
            assertThat(read(log)).containsExactly("one", "x");
        }
    }

    @Test
    void commit_thatFailsEndsTheUseOfTheLogAndTheNextOpenReadsIt() throws IOException {
        Disk disk = new Disk();
        try (AppendLog log = AppendLog.open(scratch, Logs.HEADER, Logs.SMALL, disk)) {
            long one = append(log, "one");
            log.commit(one);
            long two = append(log, "two");
            disk.failsToForce = true;
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> log.commit(two))
                    .withMessage(
                            "cannot force the log " + scratch
                                    + " to disk: Input/output error; open the log again to see which of the uncommitted frames are there");
            disk.failsToForce = false;
            log.commit(one);
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> log.commit(two));
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> append(log, "three"));
        }
        try (AppendLog log = open(scratch)) {
            assertThat(read(log)).startsWith("one");
            append(log, "three");
        }
    }

    @Test
    void roll_forcesTheFullSegment() throws IOException {
        Disk disk = new Disk();
        try (AppendLog log = AppendLog.open(scratch, Logs.HEADER, Logs.SMALL, disk)) {
            long first = append(log, "x".repeat(900));
            int before = disk.forces;
            long second = append(log, "y".repeat(900));
            assertThat(disk.forces).isEqualTo(before + 1);
            log.commit(first);
            assertThat(disk.forces).as("it is on disk already").isEqualTo(before + 1);
            log.commit(second);
            assertThat(disk.forces).isEqualTo(before + 2);
        }
    }

    @Test
    void roll_thatFailsIsRepeatedByTheNextAppend() throws IOException {
        try (AppendLog log = open(scratch)) {
            append(log, "x".repeat(900));
            Path obstacle = Files.createDirectories(scratch.resolve("segment.partial/full"));
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> append(log, "y".repeat(900)))
                    .withMessageContainingAll("cannot append to the log " + scratch, "directory not empty");
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> append(log, "small"));
            Files.delete(obstacle);
            append(log, "small");
            assertThat(read(log)).hasSize(2).last().isEqualTo("small");
        }
        try (AppendLog log = open(scratch)) {
            assertThat(read(log)).hasSize(2).last().isEqualTo("small");
        }
    }

    @Test
    void append_onAFullTmpfsLosesNothingAndGoesOnWhenThereIsSpace() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 160)) {
            for (int run = 0; run < 3; run++) {
                Files.write(disk.folder().resolve("ballast-" + run), new byte[30_000]);
            }
            Path folder = disk.folder().resolve("log");
            List<String> appended = new ArrayList<>();
            int refusals = 0;
            for (int run = 0; run < 3; run++) {
                try (AppendLog log = AppendLog.open(folder, Logs.HEADER, new LogOptions(5_000, 1_000 * run))) {
                    assertThat(read(log)).isEqualTo(appended);
                    try {
                        for (int i = 0; i < 1_000; i++) {
                            String text = "run " + run + ", text " + i + "x".repeat(i % 300);
                            log.commit(append(log, text));
                            appended.add(text);
                        }
                    } catch (StorageException full) {
                        refusals++;
                        assertThat(full).hasMessageContainingAll(folder.toString(), "No space left on device");
                    }
                    assertThat(read(log)).isEqualTo(appended);
                    Files.delete(disk.folder().resolve("ballast-" + run));
                    for (int i = 0; i < 10; i++) {
                        appended.add("run " + run + ", after " + i + "y".repeat(500));
                        log.commit(append(log, appended.get(appended.size() - 1)));
                    }
                    assertThat(read(log)).isEqualTo(appended);
                }
            }
            assertThat(refusals).isEqualTo(3);
        }
    }

    @Test
    void trim_onAFullDiskFreesSpace() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 256)) {
            Path folder = disk.folder().resolve("log");
            try (AppendLog log = AppendLog.open(folder, Logs.HEADER, new LogOptions(1 << 14, 0))) {
                List<Long> positions = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    positions.add(append(log, "x".repeat(1_000)));
                }
                Path ballast = disk.fill("ballast");
                assertThatExceptionOfType(StorageException.class).isThrownBy(() -> append(log, "y".repeat(20_000)));
                for (int at = 20; at < 50; at += 20) {
                    log.trim(positions.get(at));
                    assertThat(log.start()).isPositive().isLessThanOrEqualTo(positions.get(at));
                }
                append(log, "y".repeat(20_000));
                assertThat(read(log)).last().isEqualTo("y".repeat(20_000));
                assertThat(ballast).exists();
            }
        }
    }

    @Test
    void open_onAFullDiskFailsAndSaysWhere() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 64)) {
            Path folder = Files.createDirectories(disk.folder().resolve("log"));
            Path ballast = disk.fill("ballast");
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> open(folder))
                    .withMessageContainingAll(folder.toString(), "No space left on device");
            Files.delete(ballast);
            try (AppendLog log = open(folder)) {
                append(log, "one");
            }
        }
    }
}
