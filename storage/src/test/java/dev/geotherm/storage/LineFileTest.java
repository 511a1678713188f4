package dev.geotherm.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.testkit.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of lines: their bounds, and incomplete lines after a crash or a full disk. */
class LineFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Retention ANY = new Retention(Retention.ANY_SIZE, Retention.ANY_AGE);

    @TempDir
    Path scratch;

    private Path file;
    private Path older;

    @BeforeEach
    void nameFiles() {
        file = scratch.resolve("lines");
        older = scratch.resolve("lines.1");
    }

    private static void append(LineFile lines, String line) throws IOException {
        lines.append(line.getBytes(StandardCharsets.UTF_8), NOW);
    }

    @Test
    void append_addsALineThatReadersSee() throws IOException {
        try (LineFile lines = new LineFile(file, ANY)) {
            append(lines, "one");
            assertThat(file).hasContent("one\n");
        }
        try (LineFile lines = new LineFile(file, ANY)) {
            append(lines, "two");
        }
        assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
    }

    @Test
    void append_afterACrashRemovesTheTornLine() throws IOException {
        for (String whole : List.of("", "one\n", "one\ntwo\n", "x".repeat(20_000) + "\n")) {
            for (String torn : List.of("", "{\"ti", "y".repeat(8_192), "y".repeat(30_000))) {
                Files.writeString(file, whole + torn);
                try (LineFile lines = new LineFile(file, ANY)) {
                    append(lines, "next");
                }
                assertThat(Files.readString(file)).isEqualTo(whole + "next\n");
            }
        }
    }

    @Test
    void append_beyondHalfOfTheSizeReplacesTheOlderFile() throws IOException {
        try (LineFile lines = new LineFile(file, new Retention(20, Retention.ANY_AGE))) {
            for (int i = 0; i < 7; i++) {
                append(lines, "line" + i);
                assertThat(Files.size(file)).isLessThanOrEqualTo(10);
            }
            append(lines, "a line longer than the bound is written nevertheless");
        }
        assertThat(older).doesNotExist();
        assertThat(file).hasContent("a line longer than the bound is written nevertheless\n");
    }

    @Test
    void append_keepsTheOlderFileWithinTheBounds() throws IOException {
        try (LineFile lines = new LineFile(file, new Retention(30, Retention.ANY_AGE))) {
            for (int i = 0; i < 7; i++) {
                append(lines, "line" + i);
            }
        }
        assertThat(Files.readString(older)).isEqualTo("line4\nline5\n");
        assertThat(Files.readString(file)).isEqualTo("line6\n");
    }

    @Test
    void append_deletesAnOlderFileThatHasExpired() throws IOException {
        Files.writeString(older, "old\n");
        try (LineFile lines = new LineFile(file, new Retention(Retention.ANY_SIZE, Duration.ofHours(1)))) {
            Files.setLastModifiedTime(older, FileTime.from(NOW.minus(Duration.ofHours(1))));
            append(lines, "one");
            assertThat(older).exists();
            Files.setLastModifiedTime(older, FileTime.from(NOW.minus(Duration.ofMinutes(61))));
            append(lines, "two");
            assertThat(older).doesNotExist();
        }
        assertThat(file).hasContent("one\ntwo\n");
    }

    @Test
    void append_onAFullDiskFailsAndGoesOnWhenThereIsSpace() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 64)) {
            Path lines = disk.folder().resolve("lines");
            List<String> appended = new ArrayList<>();
            try (LineFile file = new LineFile(lines, ANY)) {
                append(file, "one");
                appended.add("one");
                Path ballast = disk.fill("ballast");
                for (int i = 0; i < 3; i++) {
                    assertThatExceptionOfType(StorageException.class)
                            .isThrownBy(() -> append(file, "x".repeat(10_000)))
                            .withMessage("cannot write " + lines + ": No space left on device");
                }
                Files.delete(ballast);
                append(file, "two");
                appended.add("two");
                assertThat(Files.readAllLines(lines)).isEqualTo(appended);
            }
        }
    }

    @Test
    void open_ofAFolderIsRefused() throws IOException {
        Files.createDirectories(file);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> new LineFile(file, ANY))
                .withMessageContaining("cannot write " + file);
    }
}
