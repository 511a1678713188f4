package dev.geotherm.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run's folder: taken by one run at a time, cleared before it and tidy after it. */
class OutputFolderTest {
    @TempDir
    Path scratch;

    @Test
    void itIsTakenByOneAtATime() throws IOException {
        try (OutputFolder first = OutputFolder.open(scratch.resolve("out"))) {
            assertThat(first.folder()).isDirectory();
            assertThatThrownBy(() -> OutputFolder.open(scratch.resolve("out")))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContaining("another run");
        }
        OutputFolder.open(scratch.resolve("out")).close();
        assertThat(scratch.resolve("out")).isEmptyDirectory();
    }

    @Test
    void resultsOfAnEarlierRunGoAndOthersStay() throws IOException {
        Files.writeString(scratch.resolve("state.json"), "{}");
        Files.writeString(scratch.resolve("notes.txt"), "mine");
        Files.createDirectories(scratch.resolve(".work/index"));
        try (OutputFolder folder = OutputFolder.open(scratch)) {
            folder.discardResults(List.of("state.json"));
            assertThat(folder.work()).doesNotExist();
        }
        assertThat(scratch.resolve("state.json")).doesNotExist();
        assertThat(scratch.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void aFileAppearsCompleteOrNotAtAll() throws IOException {
        Path target = scratch.resolve("report.json");
        Files.writeString(target, "old");
        try (AtomicFile file = new AtomicFile(target)) {
            file.out().write('x');
        }
        assertThat(target).hasContent("old");
        try (AtomicFile file = new AtomicFile(target)) {
            file.out().write("new".getBytes());
            file.commit();
        }
        assertThat(target).hasContent("new");
        try (var files = Files.list(scratch)) {
            assertThat(files).containsExactly(target);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "225, 1000", "5000, 1000", "10000, 500", "48557, 102", "1000000, 100"})
    void rankingsAreAsDeepAsKeepsTheRunFileBelowFiveMillionLines(int queries, int depth) {
        assertThat(RankingFunction.depth(queries)).isEqualTo(depth);
    }
}
