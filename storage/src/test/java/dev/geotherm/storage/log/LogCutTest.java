package dev.geotherm.storage.log;

import static dev.geotherm.storage.log.Logs.append;
import static dev.geotherm.storage.log.Logs.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are opened up to a position that was committed elsewhere. */
class LogCutTest {
    private static final LogHeader HEADER = new LogHeader("TESTLOGS", 1, "");
    private static final LogOptions SMALL = new LogOptions(1 << 10, 0);

    @TempDir
    Path scratch;

    private AppendLog open(long end) throws IOException {
        return AppendLog.open(scratch, HEADER, SMALL, end);
    }

    @Test
    void open_removesTheFramesFromThePositionOn() throws IOException {
        List<String> texts = new ArrayList<>();
        List<Long> ends = new ArrayList<>(List.of(0L));
        try (AppendLog log = open(0)) {
            for (int i = 0; i < 60; i++) {
                texts.add("frame " + i + " ".repeat(i));
                append(log, texts.get(i));
                ends.add(log.end());
            }
        }
        assertThat(new LogFolder(scratch).segments()).hasSizeGreaterThan(3);
        for (int kept = 60; kept >= 0; kept--) {
            try (AppendLog log = open(ends.get(kept))) {
                assertThat(read(log)).isEqualTo(texts.subList(0, kept));
                assertThat(log.end()).isEqualTo(ends.get(kept));
                append(log, "not committed");
            }
        }
    }

    @Test
    void open_ofACutLogContinuesIt() throws IOException {
        long end;
        try (AppendLog log = open(0)) {
            append(log, "one");
            end = log.end();
            append(log, "two");
        }
        try (AppendLog log = open(end)) {
            append(log, "three");
        }
        try (AppendLog log = AppendLog.open(scratch, HEADER, SMALL)) {
            assertThat(read(log)).containsExactly("one", "three");
        }
    }

    @Test
    void open_afterAnInterruptedCutCompletesIt() throws IOException {
        long end = 0;
        try (AppendLog log = open(0)) {
            for (int i = 0; i < 60; i++) {
                append(log, "frame " + i + " ".repeat(40));
                end = i == 4 ? log.end() : end;
            }
        }
        List<Path> segments = new LogFolder(scratch).segments();
        Files.delete(segments.get(segments.size() - 1));
        try (AppendLog log = open(end)) {
            assertThat(read(log)).hasSize(5);
        }
    }

    @Test
    void open_atAPositionWithinAFrameIsRefusedAndChangesNothing() throws IOException {
        long end;
        try (AppendLog log = open(0)) {
            append(log, "one");
            append(log, "two");
            end = log.end();
        }
        assertThatExceptionOfType(DamagedLogException.class)
                .isThrownBy(() -> open(5))
                .withMessageContaining("no frame ends at position 5");
        try (AppendLog log = open(end)) {
            assertThat(read(log)).containsExactly("one", "two");
        }
    }

    @Test
    void open_behindTheEndOfTheLogIsRefused() throws IOException {
        try (AppendLog log = open(0)) {
            append(log, "one");
        }
        assertThatExceptionOfType(DamagedLogException.class).isThrownBy(() -> open(1_000));
        Path other = scratch.resolve("other");
        assertThatExceptionOfType(DamagedLogException.class)
                .isThrownBy(() -> AppendLog.open(other, HEADER, SMALL, 100))
                .withMessageContaining("must reach position 100");
    }
}
