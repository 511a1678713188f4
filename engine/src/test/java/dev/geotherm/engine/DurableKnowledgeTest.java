package dev.geotherm.engine;

import static dev.geotherm.engine.ListCorpus.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.profiles.runtime.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Knowledge that lasts: what a second ingestion does, what another process finds, and what is forgotten. */
@Timeout(120)
class DurableKnowledgeTest {
    private static final String SENTENCE =
            "The geothermal gradient is steep in this valley, and steam rises from vents. ";

    @TempDir
    Path scratch;

    private Platform platform;
    private Path folder;
    private int platforms;

    @BeforeEach
    void start() {
        platform = newPlatform("embedding.use=hashing");
        folder = scratch.resolve("knowledge");
    }

    private Platform newPlatform(String... sets) {
        return TestPlatform.start(scratch.resolve("work" + platforms++), sets);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private Knowledge open() {
        return Knowledge.open(platform, folder);
    }

    private static IngestionResult ingest(Knowledge knowledge, ListCorpus corpus) throws InterruptedException {
        return knowledge.ingest(corpus, Progress.none(), Cancellation.never());
    }

    private long embedded() {
        return platform.embedder().metrics().texts();
    }

    /** Returns a document of so many chunks, each with its number. */
    private static String chunks(int... numbers) {
        StringBuilder text = new StringBuilder();
        for (int number : numbers) {
            // Two do not fit into a chunk, and each ends with a sentence.
            text.append("Chunk number" + number + " begins with a sentence that does not fit into the last one. ")
                    .append(SENTENCE.repeat(25))
                    .append("\n");
        }
        return text.toString();
    }

    @Test
    void ingest_ofUnchangedDocumentsEmbedsAndWritesNothing() throws Exception {
        ListCorpus corpus = ListCorpus.random(60, 0, 1);
        try (Knowledge knowledge = open()) {
            assertThat(ingest(knowledge, corpus).added()).isEqualTo(60);
        }
        long before = embedded();
        try (Knowledge knowledge = open()) {
            Marker committed = knowledge.generations.current().committed();
            IngestionResult again = ingest(knowledge, corpus);
            assertThat(again.unchanged()).isEqualTo(60);
            assertThat(again.fragments()).isZero();
            assertThat(embedded()).isEqualTo(before);
            assertThat(knowledge.generations.current().committed()).isSameAs(committed);
            assertThat(knowledge.generations.current().totals())
                    .as("the anchors were not needed")
                    .isEqualTo(DeltaTotals.NONE);
        }
    }

    @Test
    void ingest_ofAChangedDocumentEmbedsOnlyItsNewChunks() throws Exception {
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.of(document("d", chunks(1, 2, 3)), document("e", chunks(4))));
            long before = embedded();
            IngestionResult changed =
                    ingest(knowledge, ListCorpus.of(document("d", chunks(1, 9, 2, 3)), document("e", chunks(4))));
            assertThat(changed.changed()).isEqualTo(1);
            assertThat(changed.unchanged()).isEqualTo(1);
            assertThat(changed.fragments() - changed.reused()).isEqualTo(embedded() - before);
            assertThat(embedded() - before).isEqualTo(1);
            StoredKnowledge stored = StoredKnowledge.of(knowledge);
            assertSameAsFresh(stored, ListCorpus.of(document("d", chunks(1, 9, 2, 3)), document("e", chunks(4))));
        }
    }

    @Test
    void ingest_removesDocumentsThatAreGone() throws Exception {
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.of(document("a", "basalt"), document("b", "obsidian")));
            IngestionResult result = ingest(knowledge, ListCorpus.of(document("a", "basalt")));
            assertThat(result.removed()).isEqualTo(1);
            assertThat(knowledge.search("obsidian", RetrievalMode.LEXICAL, 5)).isEmpty();
            assertThat(knowledge.anchors()).hasSize(1);
            assertThat(knowledge.state().snapshot().toJson().path("anchors")).hasSize(1);
        }
    }

    @Test
    void ingest_keepsWhatIsGoneIfAskedOrIfFilesWereLeftOut() throws Exception {
        ListCorpus less = ListCorpus.of(document("a", "basalt"));
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.of(document("a", "basalt"), document("b", "obsidian")));
            knowledge.ingest(less, IngestOptions.of(less).keepingMissing(), Progress.none(), Cancellation.never());
            ingest(knowledge, less.incomplete());
            assertThat(knowledge.search("obsidian", RetrievalMode.LEXICAL, 5)).hasSize(1);
        }
    }

    @Test
    void ingest_ofTwoSourcesWithTheSameIdsKeepsBoth() throws Exception {
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.of(document("a", "basalt")).named("one"));
            ingest(knowledge, ListCorpus.of(document("a", "obsidian")).named("two"));
            assertThat(knowledge.search("basalt obsidian", 5))
                    .extracting(SearchHit::source, SearchHit::document)
                    .containsExactlyInAnyOrder(tuple("one", "a"), tuple("two", "a"));
            assertThat(knowledge.sources()).containsExactly("one", "two");
            assertThat(knowledge.sourcesOf("a")).containsExactly("one", "two");
        }
    }

    @Test
    void ingest_inAnyOrderEndsInWhatAFreshOneGives() throws Exception {
        Random random = new Random(7);
        List<Document> now = new ArrayList<>();
        try (Knowledge knowledge = open()) {
            for (int round = 0; round < 6; round++) {
                List<Document> next = new ArrayList<>();
                for (Document document :
                        ListCorpus.random(60, 0, 100 + random.nextInt(4)).list()) {
                    if (random.nextInt(4) > 0) {
                        next.add(document);
                    }
                }
                now = next;
                ingest(knowledge, ListCorpus.of(next.toArray(new Document[0])));
            }
            assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                    .isEmpty();
            assertSameAsFresh(StoredKnowledge.of(knowledge), ListCorpus.of(now.toArray(new Document[0])));
        }
    }

    private void assertSameAsFresh(StoredKnowledge stored, ListCorpus corpus) throws Exception {
        try (Platform fresh = newPlatform();
                Knowledge knowledge = Knowledge.open(fresh, scratch.resolve("fresh"))) {
            ingest(knowledge, corpus);
            assertThat(stored).isEqualTo(StoredKnowledge.of(knowledge));
        }
    }

    @Test
    void ingest_thatWasCancelledGoesOn() throws Exception {
        ListCorpus corpus = ListCorpus.random(200, 0, 2);
        AtomicInteger asked = new AtomicInteger();
        try (Knowledge knowledge = open()) {
            assertThatThrownBy(() -> knowledge.ingest(corpus, Progress.none(), () -> asked.incrementAndGet() > 100))
                    .isInstanceOf(CancellationException.class);
        }
        try (Knowledge knowledge = open()) {
            assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                    .isEmpty();
            IngestionResult rest = ingest(knowledge, corpus);
            assertThat(rest.unchanged() + rest.changed()).isPositive();
            assertSameAsFresh(StoredKnowledge.of(knowledge), corpus);
        }
    }

    @Test
    void open_byAnotherProcessContinuesTheState() throws Exception {
        long revision;
        String fingerprint;
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.random(60, 0, 1));
            revision = knowledge.state().revision();
            fingerprint = knowledge.state().snapshot().fingerprint().toString();
        }
        platform.close();
        platform = newPlatform();
        try (Knowledge knowledge = open()) {
            assertThat(knowledge.search("anchor basalt", 3)).hasSize(3);
            StateSnapshot snapshot = knowledge.state().snapshot();
            assertThat(snapshot.revision()).isEqualTo(revision);
            assertThat(snapshot.fingerprint()).hasToString(fingerprint);
            List<StateUpdate> updates = new ArrayList<>();
            try (var subscription = knowledge.state().subscribe(updates::add)) {
                ingest(knowledge, ListCorpus.random(70, 0, 1));
                assertThat(subscription).isNotNull();
                await().until(() -> updates.size() > 1);
            }
            assertThat(updates.get(0).revision()).isEqualTo(revision);
            assertThat(knowledge.state().revision()).isGreaterThan(revision);
            assertThat(knowledge.save(Progress.none()).revisions())
                    .isEqualTo(knowledge.state().revision());
            assertThat(knowledge.changedSince(revision).changed()).isNotEmpty();
            assertThat(knowledge.changedSince(knowledge.state().revision()).changed())
                    .isEmpty();
        }
    }

    @Test
    void open_withOtherAnchorSettingsComputesTheAnchorsAgain() throws Exception {
        ListCorpus corpus = ListCorpus.random(60, 0, 1);
        try (Knowledge knowledge = open()) {
            ingest(knowledge, corpus);
        }
        platform.close();
        platform = newPlatform("anchors.consolidation=0.4");
        try (Knowledge knowledge = open()) {
            assertThat(knowledge.anchors().size()).isBetween(1, 59);
            ingest(knowledge, ListCorpus.random(61, 0, 1));
            assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                    .isEmpty();
        }
    }

    @Test
    void ingest_withAnotherKeyOfPseudonymsIsRefused() throws Exception {
        ListCorpus corpus = ListCorpus.of(document("mail", "written by jane@example.org"));
        String[] settings = {"anchors.scrubActions=email=pseudonym", "anchors.scrubKey=first-key-of-pseudonyms"};
        platform.close();
        platform = newPlatform(settings);
        try (Knowledge knowledge = open()) {
            ingest(knowledge, corpus);
            assertThat(knowledge.search("written", 1).get(0).text()).matches("written by \\[email:[a-p]{16}]");
        }
        platform.close();
        settings[1] = "anchors.scrubKey=other-key-of-pseudonyms";
        platform = newPlatform(settings);
        try (Knowledge knowledge = open()) {
            assertThatThrownBy(() -> ingest(knowledge, corpus))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContaining("scrubber was rules 3, key ")
                    .hasMessageContaining(" and is rules 3, key ")
                    .hasMessageNotContaining("key-of-pseudonyms");
        }
    }

    @Test
    void ingest_withAnotherEmbedderIsRefusedUnlessItRebuilds() throws Exception {
        ListCorpus corpus = ListCorpus.random(60, 0, 1);
        ListCorpus other =
                ListCorpus.of(document("kept", "obsidian of another source")).named("other");
        long revision;
        try (Knowledge knowledge = open()) {
            ingest(knowledge, corpus);
            ingest(knowledge, other);
            revision = knowledge.state().revision();
        }
        platform.close();
        platform = newPlatform("embedding.dimension=128");
        try (Knowledge knowledge = open()) {
            assertThatThrownBy(() -> ingest(knowledge, corpus))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContaining("embedding was hashing 2, 256 numbers and is hashing 2, 128 numbers")
                    .hasMessageContaining("--rebuild");
            assertThatThrownBy(() -> knowledge.search("anchor", RetrievalMode.SIMILARITY, 1))
                    .hasMessageContaining("128 numbers");
            assertThat(knowledge.search("anchor", 1)).as("by words").hasSize(1);
            assertThat(embedded()).as("nothing was paid for").isZero();

            knowledge.ingest(corpus, IngestOptions.of(corpus).rebuilding(), Progress.none(), Cancellation.never());
            assertThat(knowledge.search("anchor", 1)).hasSize(1);
            assertThat(knowledge.search("obsidian", 5))
                    .extracting(SearchHit::document)
                    .contains("kept");
            assertThat(knowledge.state().revision()).isGreaterThan(revision);
            assertThat(ingest(knowledge, other).unchanged()).isEqualTo(1);
            assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                    .isEmpty();
        }
        assertThat(folder.resolve("generation-1")).doesNotExist();
        assertThat(folder.resolve("current")).hasContent("2");
    }

    @Test
    void ingest_afterOtherSettingsOfTheAnalysisIndexesAgainAndEmbedsNothing() throws Exception {
        ListCorpus corpus = ListCorpus.of(
                document("a", "The volcanoes of the islands were described"),
                document("b", "It is the sea of the south"));
        try (Knowledge knowledge = open()) {
            ingest(knowledge, corpus);
            assertThat(knowledge.search("volcano", 5)).hasSize(1);
        }
        platform.close();
        platform = newPlatform("retrieval.language=none", "retrieval.k1=1.2", "retrieval.rrfK=10");
        try (Knowledge knowledge = open()) {
            assertThat(knowledge.search("volcano", 5)).as("as it was indexed").hasSize(1);
            IngestionResult result = ingest(knowledge, corpus);
            assertThat(result.unchanged()).isEqualTo(2);
            assertThat(knowledge.search("volcano", 5)).isEmpty();
            assertThat(knowledge.search("volcanoes", 5)).hasSize(1);
            assertThat(embedded()).as("vectors are kept").isZero();
            assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                    .isEmpty();
        }
        assertThat(folder.resolve("generation-1")).exists();
    }

    @Test
    void search_byDefaultIsByWordsIfTheEmbedderKnowsNoMeanings() throws Exception {
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.random(60, 0, 1));
            assertThat(knowledge.search("anchor", 5)).isEqualTo(knowledge.search("anchor", RetrievalMode.LEXICAL, 5));
        }
    }

    @Test
    void plan_tellsWhatAnIngestionWouldDoAndCost() throws Exception {
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.of(document("a", "basalt"), document("b", "obsidian"), document("c", "lava")));
            long before = embedded();
            ListCorpus corpus =
                    ListCorpus.of(document("a", "basalt"), document("b", "quartz"), document("d", "new words"));
            IngestionPlan plan =
                    knowledge.plan(corpus, IngestOptions.of(corpus), Progress.none(), Cancellation.never());
            assertThat(plan).isEqualTo(new IngestionPlan(3, 1, 1, 1, 1, 2, 15, 4));
            assertThat(embedded()).isEqualTo(before);
            assertThat(knowledge.search("lava", RetrievalMode.LEXICAL, 1)).hasSize(1);
            IngestionResult result = ingest(knowledge, corpus);
            assertThat(List.of(result.added(), result.changed(), result.unchanged(), result.removed()))
                    .containsExactly(plan.added(), plan.changed(), plan.unchanged(), plan.removed());
        }
    }

    @Test
    void forget_leavesNothingOfASource() throws Exception {
        String secret = "Zyxwvut is the name of the patient in the confidential report of yesterday.";
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.random(60, 0, 1));
            ingest(
                    knowledge,
                    ListCorpus.of(document("s", secret), document("t", secret)).named("secrets"));
            ingest(
                    knowledge,
                    ListCorpus.of(document("s", secret + " And more.")).named("secrets"));
            assertThatThrownBy(() -> knowledge.forget("secret", Progress.none()))
                    .hasMessageContaining("the sources are: list, secrets");
            ForgetResult result = knowledge.forget("secrets", Progress.none());
            assertThat(result.documents()).isEqualTo(1);
            assertThat(result.passages()).isEqualTo(1);
            assertThat(result.files()).isPositive();
            assertThat(knowledge.search("patient", RetrievalMode.LEXICAL, 5)).isEmpty();
            assertThat(knowledge.sources()).containsExactly("list");
            assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                    .isEmpty();
        }
        assertNoFileContains(
                "Zyxwvut", "zyxwvut", "secrets", SourceKey.of("secrets").prefix());
        try (Knowledge knowledge = open()) {
            assertThat(ingest(knowledge, ListCorpus.random(60, 0, 1)).unchanged())
                    .isEqualTo(60);
        }
    }

    @Test
    void forget_leavesTheOtherDocumentsOfASource() throws Exception {
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.of(document("first", "Zyxwvut is a name"), document("second", "obsidian")));
            assertThat(knowledge.forget("list", "first", Progress.none()).documents())
                    .isEqualTo(1);
            assertThat(knowledge.search("obsidian", 5)).hasSize(1);
        }
        assertNoFileContains("Zyxwvut", "zyxwvut", "first#");
    }

    private static String deadLetter(String source, String document, String content) {
        ObjectNode letter = Json.MAPPER.createObjectNode().put("content", content);
        letter.putObject("metadata").put("source", source).put("document", document);
        return letter + "\n";
    }

    @Test
    void forget_findsTextsInJsonThatItCannotRemove() throws Exception {
        String secret = "Zyxwvut said \"no\".\nThis is the confidential report of yesterday.";
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.of(document("s", secret)).named("secrets"));
            Files.writeString(folder.resolve("notes.jsonl"), deadLetter("notes", "n", secret));
            assertThatThrownBy(() -> knowledge.forget("secrets", Progress.none()))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContaining("notes.jsonl still contains 'Zyxwvut said");
        }
    }

    private void assertNoFileContains(String... texts) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(texts);
            }
        }
    }

    @Test
    void compact_keepsEverythingButTheHistory() throws Exception {
        try (Knowledge knowledge = open()) {
            for (int i = 0; i < 5; i++) {
                ingest(knowledge, ListCorpus.random(60, 0, i));
            }
            StoredKnowledge before = StoredKnowledge.of(knowledge);
            long revision = knowledge.state().revision();
            knowledge.compact();
            assertThat(StoredKnowledge.of(knowledge)).isEqualTo(before);
            assertThat(knowledge.state().revision()).isEqualTo(revision);
            assertThatThrownBy(() -> knowledge.changedSince(1)).hasMessageContaining("compacted");
            assertThat(Files.readAllLines(folder.resolve("generation-1/deltas.jsonl")))
                    .hasSize(1);
        }
        platform.close();
        platform = newPlatform();
        try (Knowledge knowledge = open()) {
            assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                    .isEmpty();
            assertThat(ingest(knowledge, ListCorpus.random(60, 0, 4)).unchanged())
                    .isEqualTo(60);
        }
    }

    @Test
    void verify_findsWhatDoesNotAgree() throws Exception {
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.random(20, 0, 1));
            KnowledgeStore store = knowledge.generations.current();
            store.index().remove(List.of(SourceKey.of("list").passage("d3", 0)));
            store.index().refresh();
            assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                    .anyMatch(problem -> problem.contains("d3#0 is in the ledger, but not in the index"));
        }
    }

    @Test
    void importFrom_givesWhatWasExportedWithoutEmbeddingAgain() throws Exception {
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        StoredKnowledge stored;
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.random(60, 0, 1));
            ingest(knowledge, ListCorpus.of(document("d", chunks(1, 2))).named("other"));
            assertThat(knowledge.exportTo(exported, Progress.none(), Cancellation.never()))
                    .isEqualTo(61);
            stored = StoredKnowledge.of(knowledge);
        }
        long before = embedded();
        folder = scratch.resolve("imported");
        try (Knowledge knowledge = open()) {
            assertThat(importFrom(knowledge, exported.toByteArray())).isEqualTo(61);
            assertThat(embedded()).isEqualTo(before);
            assertThat(StoredKnowledge.of(knowledge)).isEqualTo(stored);
            assertThat(ingest(knowledge, ListCorpus.random(60, 0, 1)).unchanged())
                    .isEqualTo(60);
        }
    }

    @Test
    void importFrom_refusesWhatIsNoExport() {
        try (Knowledge knowledge = open()) {
            assertThatThrownBy(() -> importFrom(knowledge, "{\"text\": 1}\n".getBytes(StandardCharsets.UTF_8)))
                    .hasMessageContaining("test.jsonl: is not an export of knowledge");
            assertThatThrownBy(() -> importFrom(
                            knowledge,
                            "{\"schema\": \"geotherm-knowledge\", \"version\": 9}\n".getBytes(StandardCharsets.UTF_8)))
                    .hasMessageContaining("version 9");
        }
    }

    @Test
    void importFrom_refusesAnExportThatLostGainedOrChangedLines() throws Exception {
        List<String> lines;
        try (Knowledge knowledge = open()) {
            ingest(knowledge, ListCorpus.random(5, 0, 1));
            ByteArrayOutputStream exported = new ByteArrayOutputStream();
            knowledge.exportTo(exported, Progress.none(), Cancellation.never());
            lines = exported.toString(StandardCharsets.UTF_8).lines().toList();
        }
        folder = scratch.resolve("imported");
        try (Knowledge knowledge = open()) {
            for (int cut = 1; cut < lines.size(); cut++) {
                int kept = cut;
                assertThatThrownBy(() -> importFrom(knowledge, lines.subList(0, kept)))
                        .hasMessageContaining("test.jsonl:" + (kept + 1) + ": the last line of the export");
            }
            List<String> lost = new ArrayList<>(lines);
            lost.remove(2);
            assertThatThrownBy(() -> importFrom(knowledge, lost)).hasMessageContaining("counts 5 documents, but 4");
            List<String> twice = new ArrayList<>(lines);
            twice.add(3, lines.get(1));
            assertThatThrownBy(() -> importFrom(knowledge, twice))
                    .hasMessageContaining("test.jsonl:4")
                    .hasMessageContaining("line 2");
            List<String> changed = new ArrayList<>(lines);
            changed.set(1, lines.get(1).replaceFirst("\"text\":\"", "\"text\":\"Not "));
            assertThat(changed).isNotEqualTo(lines);
            assertThatThrownBy(() -> importFrom(knowledge, changed)).hasMessageContaining("the checksum differs");
            List<String> joined = new ArrayList<>(lines);
            joined.addAll(lines);
            assertThatThrownBy(() -> importFrom(knowledge, joined))
                    .hasMessageContaining("test.jsonl:8: follows the last line");
            assertThat(importFrom(knowledge, lines)).isEqualTo(5);
        }
    }

    private static long importFrom(Knowledge knowledge, List<String> lines) throws InterruptedException {
        return importFrom(knowledge, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static long importFrom(Knowledge knowledge, byte[] exported) throws InterruptedException {
        return knowledge.importFrom(
                new ByteArrayInputStream(exported), "test.jsonl", Progress.none(), Cancellation.never());
    }
}
