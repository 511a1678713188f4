package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.JsonPatch;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.engine.corpus.CorpusQuery;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.corpus.Judgement;
import dev.geotherm.profiles.runtime.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnowledgeTest {
    private static final ListCorpus CORPUS = ListCorpus.random(40, 5, 1);

    @TempDir
    Path scratch;

    private Platform platform;
    private Path folder;

    @BeforeEach
    void start() {
        platform = TestPlatform.start(scratch.resolve("work"), "batch.batchSize=1", "batch.workers=1");
        folder = scratch.resolve("knowledge");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void ingest_returnsWhenEveryFragmentIsAnchoredAndSearchable() throws Exception {
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            IngestionResult result = knowledge.ingest(
                    ListCorpus.of(
                            ListCorpus.document("geyser", "Steam rises from the vent."),
                            ListCorpus.document("empty", "")),
                    Progress.none(),
                    Cancellation.never());

            assertThat(result.documents()).isEqualTo(2);
            assertThat(result.emptyDocuments()).isEqualTo(1);
            assertThat(result.fragments()).isEqualTo(2);
            assertThat(result.deadLetters()).isZero();
            assertThat(knowledge.search("steam vent", 5).get(0).document()).isEqualTo("geyser");
            assertThat(knowledge.state().snapshot().toJson().path("anchors").size())
                    .isEqualTo(platform.anchors().size())
                    .isPositive();
        }
    }

    @Test
    void ingest_addsToWhatWasIngestedBefore() throws Exception {
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            knowledge.ingest(ListCorpus.of(ListCorpus.document("a", "basalt")), Progress.none(), Cancellation.never());
            knowledge.ingest(
                    ListCorpus.of(ListCorpus.document("b", "obsidian")).named("other"),
                    Progress.none(),
                    Cancellation.never());
            assertThat(knowledge.search("basalt", 1).get(0).document()).isEqualTo("a");
            assertThat(knowledge.search("obsidian", 1).get(0).document()).isEqualTo("b");
            assertThat(knowledge.save(Progress.none()).revisions())
                    .isEqualTo(knowledge.deltas().revisions())
                    .isEqualTo(2);
        }
    }

    @Test
    void ingest_stopsWhenItIsCancelled() {
        AtomicInteger asked = new AtomicInteger();
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            assertThatThrownBy(() -> knowledge.ingest(CORPUS, Progress.none(), () -> asked.incrementAndGet() > 3))
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void ingest_reportsItsProgress() throws Exception {
        List<Progress.Step> ends = new ArrayList<>();
        RecordingProgress progress = new RecordingProgress(ends);
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            knowledge.ingest(CORPUS, progress, Cancellation.never());
            knowledge.save(progress);
            knowledge.evaluate(CORPUS, EvaluationOptions.defaults(), progress, Cancellation.never());
            progress.end();
        }
        assertThat(ends)
                .extracting(Progress.Step::phase)
                .containsExactly("ingest", "commit", "evaluate", "write the rankings");
        assertThat(ends)
                .filteredOn(step -> step.total() > 0)
                .hasSize(2)
                .allSatisfy(
                        step -> assertThat(step.done()).isEqualTo(step.total()).isPositive());
    }

    @Test
    void deltas_areAppliedToTheStateByAnotherLibrary() throws Exception {
        JsonNode expected;
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            knowledge.ingest(CORPUS, Progress.none(), Cancellation.never());
            expected =
                    Json.MAPPER.readTree(knowledge.state().snapshot().toJson().toString());
        }
        JsonNode state = Json.MAPPER.createObjectNode();
        List<String> lines = Files.readAllLines(folder.resolve("generation-1/deltas.jsonl"));
        for (String line : lines) {
            state = JsonPatch.apply(Json.MAPPER.readTree(line).get("patch"), state);
        }
        assertThat(lines).hasSizeGreaterThan(1);
        assertThat(state).isEqualTo(expected);
        assertThat(files()).containsExactlyInAnyOrder(".geotherm", "current", "generation-1");
    }

    @Test
    void close_isIdempotentAndEverythingElseIsRefusedAfterwards() {
        Knowledge knowledge = Knowledge.open(platform, folder);
        knowledge.close();
        knowledge.close();
        assertThatIllegalStateException().isThrownBy(() -> knowledge.search("steam", 1));
        assertThatIllegalStateException().isThrownBy(knowledge::state);
        assertThatIllegalStateException().isThrownBy(() -> knowledge.save(Progress.none()));
        assertThatIllegalStateException()
                .isThrownBy(() -> knowledge.ingest(CORPUS, Progress.none(), Cancellation.never()));
    }

    @Test
    void open_inAFolderInUseIsRefusedAndChangesNothing() {
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            assertThatThrownBy(() -> Knowledge.open(platform, folder))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContaining(folder.toString());
            assertThat(knowledge.state()).isNotNull();
        }
    }

    @Test
    void open_overAPlatformWithAnEngineIsRefusedAndLeavesTheFolderFree() throws Exception {
        Path other = scratch.resolve("other");
        try (Knowledge first = Knowledge.open(platform, folder)) {
            assertThatThrownBy(() -> Knowledge.open(platform, other))
                    .isInstanceOf(GeothermException.class)
                    .hasMessage("an engine is already open over this platform, in " + folder + "; close it first");
            try (KnowledgeFolder free = KnowledgeFolder.open(other)) {
                assertThatThrownBy(() -> KnowledgeFactory.temporary(platform, free))
                        .hasMessageContaining("already open");
            }
            assertThat(first.state()).isNotNull();
        }
        Knowledge.open(platform, other).close();
    }

    @Test
    void open_thatFailsLeavesThePlatformFree() throws Exception {
        Path foreign = Files.createDirectories(scratch.resolve("foreign"));
        Files.writeString(foreign.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> Knowledge.open(platform, foreign)).hasMessageContaining(foreign.toString());
        try (ObjectPool<VectorRows> taken = platform.pools().open("vectors", VectorRows.allocator(1))) {
            assertThatThrownBy(() -> Knowledge.open(platform, folder))
                    .as("the failure of the pools, unchanged")
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageContaining("vectors")
                    .hasMessageNotContaining("Guice");
            assertThat(taken).isNotNull();
        }
        Knowledge.open(platform, folder).close();
    }

    @Test
    void close_ofAnInterruptedThreadClosesEverything() throws Exception {
        Knowledge knowledge = Knowledge.open(platform, folder);
        knowledge.ingest(CORPUS, Progress.none(), Cancellation.never());
        Thread.currentThread().interrupt();
        knowledge.close();
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        try (Knowledge reopened = Knowledge.open(platform, folder)) {
            assertThat(reopened.search("anchor", 1)).isNotEmpty();
        }
    }

    @Test
    void open_ofTheResultsOfARunIsRefused() throws Exception {
        try (KnowledgeFolder results = KnowledgeFolder.open(folder)) {
            Files.writeString(results.draft("deltas.jsonl"), "{}");
            Files.writeString(results.draft("report.json"), "{}");
            results.publish();
        }
        assertThatThrownBy(() -> Knowledge.open(platform, folder)).hasMessageContaining("holds the results of a run");
        assertThat(folder.resolve("deltas.jsonl")).hasContent("{}");
    }

    @Test
    void temporary_inAFolderOfKnowledgeIsRefused() throws Exception {
        Knowledge.open(platform, folder).close();
        try (KnowledgeFolder opened = KnowledgeFolder.open(folder)) {
            assertThatThrownBy(() -> KnowledgeFactory.temporary(platform, opened))
                    .hasMessageContaining("holds knowledge that lasts");
        }
    }

    @Test
    void ingest_waitsIfThePipelineRefusesInsteadOfWaiting() throws Exception {
        try (Platform refusing = TestPlatform.start(
                        scratch.resolve("refusing"), "streaming.whenCritical=refuse", "streaming.capacity=20");
                Knowledge knowledge = Knowledge.open(refusing, folder)) {
            IngestionResult result =
                    knowledge.ingest(ListCorpus.random(200, 0, 7), Progress.none(), Cancellation.never());
            assertThat(result.documents()).isEqualTo(200);
            assertThat(result.deadLetters()).isZero();
        }
    }

    @Test
    void evaluate_ranksAndMeasuresTheQueries() throws Exception {
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            knowledge.ingest(CORPUS, Progress.none(), Cancellation.never());
            EvaluationResult result = knowledge.evaluate(
                    CORPUS, EvaluationOptions.of(RetrievalMode.FUSED), Progress.none(), Cancellation.never());
            assertThat(result.scores().queries()).hasSize(5);
            assertThat(result.scores().mean(Measure.parse("Recall@100"))).isEqualTo(1);
            assertThat(result.report().progress().failed()).isZero();
        }
        assertThat(Files.readAllLines(folder.resolve("run.trec"))).hasSize(5 * 40);
        assertThat(Files.readAllLines(folder.resolve("evaluation.jsonl"))).hasSize(5);
    }

    @Test
    void evaluate_answersJudgedQueriesToADepthThatOthersDoNotChange() throws Exception {
        ListCorpus many = ListCorpus.random(40, 20, 2);
        ListCorpus corpus =
                new ListCorpus(many.list(), many.queries(), many.judgements().subList(3, 5));
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            knowledge.ingest(corpus, Progress.none(), Cancellation.never());
            EvaluationResult judged =
                    knowledge.evaluate(corpus, EvaluationOptions.defaults(), Progress.none(), Cancellation.never());
            assertThat(judged.report().progress().total()).isEqualTo(2);
            EvaluationResult all = knowledge.evaluate(
                    corpus, EvaluationOptions.defaults().withAllQueries(), Progress.none(), Cancellation.never());
            assertThat(all.report().progress().total()).isEqualTo(20);
            assertThat(all.depth()).isEqualTo(judged.depth()).isEqualTo(1000);
            assertThat(all.scores()).usingRecursiveComparison().isEqualTo(judged.scores());
        }
    }

    @Test
    void evaluate_leavesOutTheDocumentOfTheQueryIfAsked() throws Exception {
        List<CorpusQuery> queries = CORPUS.list().stream()
                .map(each -> new CorpusQuery(each.id(), each.text()))
                .toList();
        List<Judgement> judgements =
                queries.stream().map(each -> new Judgement(each.id(), "d0", 1)).toList();
        ListCorpus corpus = new ListCorpus(CORPUS.list(), queries, judgements);
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            knowledge.ingest(corpus, Progress.none(), Cancellation.never());
            knowledge.evaluate(
                    corpus,
                    EvaluationOptions.of(RetrievalMode.FUSED).excludingQueryDocuments(),
                    Progress.none(),
                    Cancellation.never());
        }
        List<String> run = Files.readAllLines(folder.resolve("run.trec"));
        assertThat(run).hasSize(queries.size() * (CORPUS.size() - 1));
        assertThat(run).noneMatch(line -> line.split(" ")[0].equals(line.split(" ")[2]));
    }

    @Test
    @Tag("full")
    void evaluate_ranksAsManyDocumentsAsThereAre() throws Exception {
        List<Document> documents = new ArrayList<>();
        documents.add(ListCorpus.document("long", ("geyser " + "steam ".repeat(300)).repeat(1_500)));
        for (int i = 0; i < 200; i++) {
            documents.add(ListCorpus.document("short" + i, "a geyser and number" + i));
        }
        ListCorpus corpus = new ListCorpus(
                documents, List.of(new CorpusQuery("q", "geyser")), List.of(new Judgement("q", "short7", 1)));
        for (RetrievalMode mode : List.of(RetrievalMode.LEXICAL, RetrievalMode.SIMILARITY, RetrievalMode.FUSED)) {
            Path out = scratch.resolve("out-" + mode);
            try (Platform own = TestPlatform.start(scratch.resolve("work-" + mode));
                    Knowledge knowledge = Knowledge.open(own, out)) {
                assertThat(knowledge
                                .ingest(corpus, Progress.none(), Cancellation.never())
                                .fragments())
                        .isGreaterThan(1_400);
                knowledge.evaluate(corpus, EvaluationOptions.of(mode), Progress.none(), Cancellation.never());
            }
            assertThat(Files.readAllLines(out.resolve("run.trec")))
                    .as("%s", mode)
                    .hasSize(201);
        }
    }

    @Test
    void evaluate_thatWasCancelledResumes() throws Exception {
        ListCorpus corpus = ListCorpus.random(40, 400, 2);
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            knowledge.ingest(corpus, Progress.none(), Cancellation.never());
            cancelAfterTheFirstQuery(knowledge, corpus);
            EvaluationResult resumed =
                    knowledge.evaluate(corpus, EvaluationOptions.defaults(), Progress.none(), Cancellation.never());
            assertThat(resumed.report().progress().resumed()).isBetween(1, 399);
        }
    }

    @Test
    void evaluate_refusesACheckpointOfOtherDocumentsUnlessItIsDiscarded() throws Exception {
        ListCorpus corpus = ListCorpus.random(40, 400, 3);
        try (Knowledge knowledge = Knowledge.open(platform, folder)) {
            knowledge.ingest(corpus, Progress.none(), Cancellation.never());
            cancelAfterTheFirstQuery(knowledge, corpus);
            knowledge.ingest(ListCorpus.of(ListCorpus.document("more", "lava")), Progress.none(), Cancellation.never());
            assertThatThrownBy(() -> knowledge.evaluate(
                            corpus, EvaluationOptions.defaults(), Progress.none(), Cancellation.never()))
                    .isInstanceOf(EvaluationException.class)
                    .hasMessageContaining("evaluation.jsonl.checkpoint");
            EvaluationResult fresh = knowledge.evaluate(
                    corpus,
                    EvaluationOptions.of(RetrievalMode.LEXICAL).startingFresh(),
                    Progress.none(),
                    Cancellation.never());
            assertThat(fresh.report().progress().resumed()).isZero();
        }
    }

    private static void cancelAfterTheFirstQuery(Knowledge knowledge, ListCorpus corpus) {
        AtomicReference<Supplier<Progress.Step>> step = new AtomicReference<>();
        Cancellation afterTheFirst = () -> {
            while (step.get().get().done() == 0) {
                Thread.onSpinWait();
            }
            return true;
        };
        assertThatThrownBy(() -> knowledge.evaluate(corpus, EvaluationOptions.defaults(), step::set, afterTheFirst))
                .isInstanceOf(CancellationException.class);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
