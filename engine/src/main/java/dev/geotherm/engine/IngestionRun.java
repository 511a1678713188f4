package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.api.streaming.RefusedException;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.Ledger.Classification;
import dev.geotherm.engine.ledger.LedgerEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One ingestion, which puts chunks into a pipeline, commits at intervals, and settles chunks that become dead letters. For
 * one thread, except for the events of the pipeline.
 */
final class IngestionRun implements PipelineListener<Chunk> {
    private static final long RETRY_MILLIS = 5;
    private static final int REMOVED_AT_ONCE = 500;

    private final KnowledgeStore store;
    private final IngestionCounts counts;
    private final DeadLetterFile deadLetters;
    private final EngineSettings settings;
    private final Cancellation cancellation;
    private long lastCommit = System.nanoTime();
    private long documentsAtCommit;
    private final PipelineProgress pipelineProgress = new PipelineProgress(System::nanoTime);
    private volatile boolean aborted;

    IngestionRun(
            KnowledgeStore store,
            IngestionCounts counts,
            DeadLetterFile deadLetters,
            EngineSettings settings,
            Cancellation cancellation) {
        this.store = store;
        this.counts = counts;
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.cancellation = cancellation;
    }

    KnowledgeStore store() {
        return store;
    }

    IngestionCounts counts() {
        return counts;
    }

    /** Returns the progress, including the state of the pipeline for users. */
    Progress.Step step(PipelineMetrics pipeline) {
        return counts.step(pipelineProgress.obstacle(pipeline), PipelineProgress.queue(pipeline));
    }

    @Override
    public void onUnavailable(Throwable error, Duration retryIn) {
        pipelineProgress.unavailable(error, retryIn);
    }

    /** Ends the ingestion early. Unprocessed chunks do not become dead letters; the next ingestion processes them. */
    void abort() {
        aborted = true;
    }

    @Override
    public void onDeadLetter(DeadLetter<Chunk> letter) {
        if (aborted || store.hasFailed()) { // a failed store fails every chunk, and must be reopened anyway
            return;
        }
        counts.dead();
        deadLetters.add(letter);
        store.fail(letter.fragment().content());
    }

    /** Throws an exception if the ingestion was cancelled or a worker could not write. */
    void throwIfEnded() {
        cancellation.throwIfRequested();
        throwIfFailed();
    }

    void throwIfFailed() {
        store.throwIfFailed();
        deadLetters.throwIfFailed();
    }

    /** Puts the chunks of the new and changed documents of a corpus into the pipeline. */
    void feed(Corpus corpus, DocumentComparison comparison, IngestionPipeline<Chunk> pipeline)
            throws IOException, InterruptedException {
        try (Stream<Document> documents = corpus.documents()) {
            long start = System.nanoTime();
            for (Iterator<Document> each = documents.iterator(); each.hasNext(); ) {
                throwIfEnded();
                Document document = each.next();
                Hash128 content = DocumentComparison.content(document);
                Classification classification = comparison.classify(document, content);
                counts.read(document, content, classification);
                start = store.times().add(StageTimes.Stage.READ, start);
                if (classification != Classification.UNCHANGED) {
                    long scrubbed = store.times().nanos(StageTimes.Stage.SCRUB);
                    DocumentComparison.Work work = comparison.work(document, content, classification);
                    counts.split(work.size(), work.reused());
                    store.times()
                            .addWithout(
                                    StageTimes.Stage.SPLIT,
                                    start,
                                    store.times().nanos(StageTimes.Stage.SCRUB) - scrubbed);
                    put(work.pending(), work.chunks(), document.isEmpty(), pipeline);
                    start = System.nanoTime();
                }
                counts.settled();
                commitIfDue();
            }
        }
        if (counts.documents() != corpus.size()) {
            throw new GeothermException("the corpus " + corpus.name() + " has changed: it had " + corpus.size()
                    + " documents when it was opened, and " + counts.documents() + " when it was ingested");
        }
    }

    /** Puts the chunks of another store's documents into the pipeline, to be embedded again. */
    void copy(List<LedgerEntry> entries, PassageIndex passages, boolean sameChunks, IngestionPipeline<Chunk> pipeline)
            throws IOException, InterruptedException {
        for (LedgerEntry entry : entries) {
            throwIfEnded();
            if (store.ledger()
                    .find(entry.source(), entry.document())
                    .filter(LedgerEntry::isComplete)
                    .isEmpty()) {
                copy(entry, passages, sameChunks, pipeline);
            }
            counts.settled();
            commitIfDue();
        }
    }

    private void copy(LedgerEntry entry, PassageIndex passages, boolean sameChunks, IngestionPipeline<Chunk> pipeline)
            throws InterruptedException {
        SourceKey source = SourceKey.of(entry.source());
        int count = entry.chunks().size();
        List<Passage> found = passages.find(source.passages(entry.document(), count));
        List<DocumentChunks.Text> texts = new ArrayList<>();
        List<Hash128> hashes = new ArrayList<>();
        for (Passage passage : found) {
            DocumentChunks.Text text =
                    new DocumentChunks.Text(passage.title(), passage.text(), passage.start(), passage.end());
            texts.add(text);
            hashes.add(text.hash());
        }
        boolean whole = sameChunks && found.size() == count;
        Hash128 content = whole ? entry.content() : Hash128.NONE;
        PendingDocument document =
                new PendingDocument(source, entry.document(), content, hashes, count, entry.metadata());
        List<Chunk> chunks = new ArrayList<>();
        for (int number = 0; number < texts.size(); number++) {
            chunks.add(new Chunk(
                    document, number, texts.get(number), null, found.get(number).ingested()));
        }
        put(document, chunks, false, pipeline);
    }

    /** Puts the chunks of dead letters into the pipeline if they are missing from their documents. */
    void replay(List<DeadLetterLine> letters, IngestionPipeline<Chunk> pipeline)
            throws IOException, InterruptedException {
        Map<String, List<DeadLetterLine>> documents = new LinkedHashMap<>();
        for (DeadLetterLine letter : letters) {
            String document = SourceKey.of(letter.chunk().source())
                    .document(letter.chunk().document());
            documents.computeIfAbsent(document, first -> new ArrayList<>()).add(letter);
        }
        for (List<DeadLetterLine> document : documents.values()) {
            throwIfEnded();
            replayDocument(document, pipeline);
            counts.settled();
            commitIfDue();
        }
    }

    private void replayDocument(List<DeadLetterLine> letters, IngestionPipeline<Chunk> pipeline)
            throws IOException, InterruptedException {
        DeadLetterLine newest = letters.get(letters.size() - 1);
        String source = newest.chunk().source();
        LedgerEntry entry =
                store.ledger().find(source, newest.chunk().document()).orElseThrow();
        List<Hash128> hashes = new ArrayList<>(entry.chunks());
        for (DeadLetterLine letter : letters) {
            hashes.set(letter.chunk().number(), letter.text().hash());
        }
        PendingDocument document = new PendingDocument(
                SourceKey.of(source), entry.document(), newest.content(), hashes, hashes.size(), entry.metadata());
        for (int number = 0; number < hashes.size(); number++) {
            if (hashes.get(number).equals(Hash128.NONE)) {
                document.failed(number); // the chunk is missing, but has no dead letter
            } else if (!entry.chunks().get(number).equals(Hash128.NONE)) {
                document.stored(number);
            }
        }
        List<Chunk> chunks = new ArrayList<>();
        for (DeadLetterLine letter : letters) {
            chunks.add(new Chunk(document, letter.chunk().number(), letter.text(), null, letter.ingested()));
        }
        put(document, chunks, false, pipeline);
    }

    /** Puts already split documents into the pipeline. */
    void importAll(ImportedDocument.Reader documents, IngestionPipeline<Chunk> pipeline)
            throws IOException, InterruptedException {
        for (ImportedDocument each = documents.nextDocument(); each != null; each = documents.nextDocument()) {
            throwIfEnded();
            put(each, pipeline);
            counts.settled();
            commitIfDue();
        }
    }

    private void put(ImportedDocument imported, IngestionPipeline<Chunk> pipeline)
            throws IOException, InterruptedException {
        SourceKey source = imported.source();
        int former = store.ledger()
                .find(source.name(), imported.id())
                .map(entry -> entry.chunks().size())
                .orElse(0);
        Map<String, Passage> passages = new HashMap<>();
        for (Passage passage : store.index().find(source.passages(imported.id(), former))) {
            passages.put(passage.id(), passage);
        }
        List<Hash128> hashes =
                imported.texts().stream().map(DocumentChunks.Text::hash).toList();
        PendingDocument document =
                new PendingDocument(source, imported.id(), imported.content(), hashes, former, imported.metadata());
        List<Chunk> chunks = new ArrayList<>();
        for (int number = 0; number < hashes.size(); number++) {
            Passage same = passages.get(document.passage(number));
            // An existing passage keeps its time.
            Instant at = same != null && same.hash().equals(hashes.get(number).hex())
                    ? same.ingested()
                    : imported.times().get(number);
            chunks.add(new Chunk(
                    document,
                    number,
                    imported.texts().get(number),
                    imported.embeddings().get(number),
                    at));
        }
        put(document, chunks, false, pipeline);
    }

    /**
     * Puts chunks into the pipeline. The first chunk of a document has high priority; an empty document has low priority.
     */
    private void put(PendingDocument document, List<Chunk> chunks, boolean empty, IngestionPipeline<Chunk> pipeline)
            throws InterruptedException {
        store.begin(document);
        if (chunks.isEmpty()) {
            store.end(document);
        }
        for (Chunk chunk : chunks) {
            Priority priority = empty ? Priority.LOW : chunk.number() == 0 ? Priority.HIGH : Priority.NORMAL;
            put(new Fragment<>(chunk.id(), chunk, priority, chunk.at(), Map.of()), pipeline);
        }
    }

    /**
     * Puts a chunk into the pipeline, and retries while the pipeline refuses it: an ingestion can wait, whatever the
     * pipeline's settings.
     */
    private void put(Fragment<Chunk> fragment, IngestionPipeline<Chunk> pipeline) throws InterruptedException {
        while (true) {
            try {
                pipeline.put(fragment);
                return;
            } catch (RefusedException overloaded) {
                throwIfEnded();
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }

    /** Commits if the commit interval has passed or enough documents have been ingested. */
    void commitIfDue() {
        boolean late = !settings.commitInterval().isZero()
                && System.nanoTime() - lastCommit >= settings.commitInterval().toNanos();
        if (late || counts.done() - documentsAtCommit >= settings.commitDocuments()) {
            store.commit();
            lastCommit = System.nanoTime();
            documentsAtCommit = counts.done();
        }
    }

    /** Removes the documents that the pass over a source has not seen. */
    void removeMissing(String source, Progress progress) throws IOException {
        List<LedgerEntry> missing = store.ledger().unseen(source);
        if (missing.isEmpty()) {
            return;
        }
        progress.begin(() -> new Progress.Step("remove", "documents", counts.removed(), missing.size(), 0, ""));
        for (int from = 0; from < missing.size(); from += REMOVED_AT_ONCE) {
            throwIfEnded();
            List<LedgerEntry> some = missing.subList(from, Math.min(missing.size(), from + REMOVED_AT_ONCE));
            store.remove(some);
            counts.removed(some.size());
        }
    }
}
