package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.corpus.CorpusQuery;
import dev.geotherm.engine.corpus.Judgement;
import dev.geotherm.profiles.runtime.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run's folder: taken by one run at a time, cleared before it and tidy after it. */
class KnowledgeFolderTest {
    @TempDir
    Path scratch;

    @Test
    void itIsTakenByOneAtATime() throws IOException {
        try (KnowledgeFolder first = KnowledgeFolder.open(scratch.resolve("out"))) {
            assertThat(first.work()).isEmptyDirectory();
            assertThatThrownBy(() -> KnowledgeFolder.open(scratch.resolve("out")))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContaining("another run, this process (since ");
        }
        KnowledgeFolder.open(scratch.resolve("out")).close();
        try (var files = Files.list(scratch.resolve("out"))) {
            assertThat(files).containsExactly(scratch.resolve("out/.geotherm"));
        }
    }

    @Test
    void filesOfSomebodyElseAreNotTouched() throws IOException {
        Path theirs = Files.createDirectories(scratch.resolve("report.json/inner"));
        assertThatThrownBy(() -> KnowledgeFolder.open(scratch))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(scratch.toString())
                .hasMessageContaining("new or an empty folder");
        assertThat(theirs).isDirectory();
        assertThat(scratch.resolve(".geotherm")).doesNotExist();
    }

    @Test
    void open_inTheWorkFolderOfAPlatform() throws IOException {
        try (Platform platform = TestPlatform.start(scratch.resolve("both"));
                KnowledgeFolder both = KnowledgeFolder.open(scratch.resolve("both"))) {
            assertThat(both.work()).isEmptyDirectory();
            assertThat(platform.pools()).isNotNull();
        }
    }

    @Test
    void resultsOfAnEarlierRunStayUntilThereAreNewOnes() throws IOException {
        Path out = scratch.resolve("out");
        try (KnowledgeFolder first = KnowledgeFolder.open(out)) {
            Files.writeString(first.draft("state.json"), "old");
            Files.writeString(first.draft("run.trec"), "old");
            first.publish();
        }
        Files.writeString(out.resolve("notes.txt"), "mine");
        try (KnowledgeFolder failed = KnowledgeFolder.open(out)) {
            Files.writeString(failed.draft("state.json"), "half");
        }
        assertThat(out.resolve("state.json")).hasContent("old");
        try (KnowledgeFolder second = KnowledgeFolder.open(out)) {
            Files.writeString(second.draft("state.json"), "new");
            second.publish();
        }
        assertThat(out.resolve("state.json")).hasContent("new");
        assertThat(out.resolve("run.trec")).doesNotExist();
        assertThat(out.resolve("notes.txt")).hasContent("mine");
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "225, 1000", "5000, 1000", "10000, 500", "48557, 102", "100000, 100"})
    void rankingsAreAsDeepAsKeepsTheRunFileBelowFiveMillionLines(int queries, int depth) {
        List<CorpusQuery> asked = IntStream.range(0, queries)
                .mapToObj(i -> new CorpusQuery("q" + i, "text"))
                .toList();
        List<Judgement> judgements =
                asked.stream().map(query -> new Judgement(query.id(), "d", 1)).toList();
        QuerySet set = QuerySet.of(new ListCorpus(List.of(), asked, judgements), false);
        assertThat(set.depth("q0")).isEqualTo(depth);
    }
}
