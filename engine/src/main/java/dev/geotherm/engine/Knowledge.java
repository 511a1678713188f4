package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.ledger.Ledger;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.storage.FailureReason;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A knowledge engine. It ingests sources into durable anchors and passages, records the state of the anchors as a log of
 * exact deltas, answers queries, and evaluates its answers. It runs over the components of a {@link Platform}, which it does
 * not close.
 *
 * <p>All data is a function of the sources: after any ingestions, changes, removals and crashes, anchors, passages and hits
 * are the same as after a fresh ingestion of the current sources. An ingestion compares each document with the ledger of
 * ingested documents, and embeds only new chunks. When a call returns, its changes are on disk, and survive a crash of the
 * process or the machine.
 *
 * <p>The folder contains {@code generation-N/deltas.jsonl}, with one line per revision, from which the state can be
 * replayed.
 *
 * <p>While the engine is open, upkeep runs at the intervals in {@link EngineSettings}: anchors decay and are evicted, and
 * the state and its log are updated.
 *
 * <p>Thread-safe. Ingestion, removal and compaction exclude each other; searches and evaluations run concurrently with them.
 * After {@link #close()}, all other methods throw an {@link IllegalStateException}.
 */
// Long because it is the single entry class, with the contracts of all operations. Other types perform the operations.
public final class Knowledge implements AutoCloseable {
    final StoreGenerations generations;
    private final Platform platform;
    private final KnowledgeFolder folder;
    private final KnowledgeSession session;
    private final DeadLetterFile deadLetters;
    private final KnowledgeSearch search;
    private final SourceIngestion sourceIngestion;
    private final Ingestion ingestion;
    private final RetrievalEvaluation evaluation;

    @Inject
    Knowledge(
            StoreGenerations generations,
            Platform platform,
            KnowledgeFolder folder,
            KnowledgeSession session,
            DeadLetterFile deadLetters,
            KnowledgeSearch search,
            SourceIngestion sourceIngestion,
            Ingestion ingestion,
            RetrievalEvaluation evaluation) {
        this.generations = generations;
        this.platform = platform;
        this.folder = folder;
        this.session = session;
        this.deadLetters = deadLetters;
        this.search = search;
        this.sourceIngestion = sourceIngestion;
        this.ingestion = ingestion;
        this.evaluation = evaluation;
    }

    /**
     * Opens the knowledge in a folder, with the profile's engine settings. Only one engine can be open over a platform, and
     * only one over a folder among all processes. Opening removes the content of the platform's anchor store.
     *
     * <p>Opening is cheap: it opens only the index. Ledger and anchors are read when first needed; searches do not need
     * them.
     *
     * @param folder the folder of the knowledge: a missing folder, which is created, an empty one, or one from an earlier
     *     use
     * @throws GeothermException if an engine is open over the platform, or the folder cannot be written, contains foreign
     *     files, is damaged, or is in use
     */
    public static Knowledge open(Platform platform, Path folder) {
        return open(platform, folder, KnowledgeFactory.settings(platform));
    }

    /** Opens the knowledge in a folder with engine settings; otherwise the same as {@link #open(Platform, Path)}. */
    public static Knowledge open(Platform platform, Path folder, EngineSettings settings) {
        return KnowledgeFactory.open(platform, folder, settings, KnowledgeFactory.scheduler(platform));
    }

    /** Opens the knowledge in a folder that the caller closes; otherwise the same as {@link #open(Platform, Path)}. */
    public static Knowledge open(Platform platform, KnowledgeFolder folder) {
        return KnowledgeFactory.open(
                platform, folder, true, KnowledgeFactory.settings(platform), KnowledgeFactory.scheduler(platform));
    }

    /**
     * Ingests a corpus as a source with the name of the corpus: adds new documents, replaces changed ones, and removes those
     * that are no longer in the corpus. Otherwise the same as {@link #ingest(Corpus, IngestOptions, Progress,
     * Cancellation)}.
     */
    public IngestionResult ingest(Corpus corpus, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        return ingest(corpus, IngestOptions.of(corpus), progress, cancellation);
    }

    /**
     * Ingests a source. Returns once all chunks are processed or dead letters, and everything is on disk.
     *
     * <p>If retrieval settings that affect text analysis have changed, all passages are reindexed first, without embedding
     * them again.
     *
     * <p>The ingestion commits at the intervals in {@link EngineSettings}. After a crash, a cancellation or a failure, the
     * next ingestion continues from the last commit. A document with a dead letter counts as changed in the next ingestion.
     *
     * @throws GeothermException if a document can no longer be read, a file cannot be written, or the settings of splitter,
     *     scrubber or embedder differ from those of earlier ingestions and the options do not permit a rebuild
     * @throws CancellationException if the operation was cancelled; chunks processed before stay
     */
    public synchronized IngestionResult ingest(
            Corpus corpus, IngestOptions options, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        session.writable();
        return sourceIngestion.run(corpus, options, progress, cancellation);
    }

    /**
     * Returns the plan of an ingestion, without changing anything. With changed settings, the plan embeds everything again.
     */
    public synchronized IngestionPlan plan(
            Corpus corpus, IngestOptions options, Progress progress, Cancellation cancellation) {
        return ingestion.plan(session.writable(), corpus, options, progress, cancellation);
    }

    KnowledgeSession session() {
        return session;
    }

    Platform platform() {
        return platform;
    }

    Path folder() {
        return folder.path();
    }

    /**
     * Searches passages in the default mode: fused (by words and vectors) if the embedder is {@linkplain
     * Embedder#isSemantic() semantic}, otherwise lexical.
     *
     * @param text the words of the query, without query syntax
     * @param limit the maximum number of hits, at least 1
     * @return the best hits, best first
     */
    public List<SearchHit> search(String text, int limit) {
        return search(SearchRequest.of(text, null, limit));
    }

    /**
     * Searches passages in a mode that needs only a text: any mode except neighbourhood and provenance.
     *
     * @throws GeothermException if the mode compares vectors, and the settings differ from those of the ingestion
     * @throws IllegalArgumentException if the mode needs more than a text, or the limit is below 1
     */
    public List<SearchHit> search(String text, RetrievalMode mode, int limit) {
        return search(SearchRequest.of(text, mode, limit));
    }

    /**
     * Searches passages in any mode.
     *
     * @throws GeothermException if the mode embeds the text, and the settings differ from those of the ingestion
     * @throws IllegalArgumentException if the request lacks a part that the mode needs, or has weights that the mode does
     *     not use
     */
    public List<SearchHit> search(SearchRequest request) {
        session.requireOpen();
        return search.search(search.query(request));
    }

    /**
     * Searches passages like {@link #search(SearchRequest)}, and explains each hit by the rankings and words that contribute
     * to its score.
     */
    public List<ExplainedSearchHit> explain(SearchRequest request) {
        session.requireOpen();
        return search.explain(search.query(request));
    }

    /**
     * Searches passages with a query of the index.
     *
     * @param query the query; its vector, if any, must come from the same embedder as the passages
     * @return the best hits, best first
     */
    public List<SearchHit> search(Query query) {
        session.requireOpen();
        return search.search(query);
    }

    /** Returns the tracked state of the anchors, for reading and subscribing. Revisions continue across processes. */
    public TrackedState state() {
        DeltaLog deltas = session.current().deltas();
        return new KnowledgeState(platform.anchors().state(), deltas.offset());
    }

    /** Returns the totals of the delta log since this engine was opened. */
    public DeltaTotals deltas() {
        return session.deltas();
    }

    /** Returns every anchor, ordered by id. */
    public List<Anchor> anchors() {
        session.current().deltas(); // restores the anchors
        return platform.anchors().anchors();
    }

    /** Returns the clusters of the anchors; see {@link AnchorStore#clusters}. */
    public List<Cluster> clusters(double similarity) {
        session.current().deltas();
        return platform.anchors().clusters(similarity);
    }

    /**
     * Returns the anchors that changed after a revision of the state, in any process. A change of the heat alone does not
     * count.
     *
     * @throws GeothermException if a compaction has removed the deltas since the revision
     * @throws IllegalArgumentException if the revision is negative or newer than the current revision
     */
    public synchronized AnchorChanges changedSince(long revision) {
        KnowledgeStore store = session.writable();
        store.commit();
        return session.read(
                () -> ChangeHistory.since(revision, store.committed().revision(), store.committedDeltas()));
    }

    /**
     * Forgets a source. Removes its documents from anchors, passages, ledger and state, deletes the history that contains
     * them, and searches all files of the folder for remains. Results of evaluations are deleted.
     *
     * @throws GeothermException if the source has no documents, a file cannot be written, or remains of the documents are
     *     found
     */
    public ForgetResult forget(String source, Progress progress) {
        return forgetDocuments(source, null, progress);
    }

    /** Forgets one document of a source; otherwise the same as {@link #forget(String, Progress)}. */
    public ForgetResult forget(String source, String document, Progress progress) {
        return forgetDocuments(source, requireNonNull(document, "document"), progress);
    }

    private synchronized ForgetResult forgetDocuments(String source, @Nullable String document, Progress progress) {
        KnowledgeStore store = session.writable();
        return session.write(() -> {
            generations.deleteNext();
            return new Forgetting(store, folder, deadLetters, source, document).run(progress);
        });
    }

    /** Returns the chunks that could not be ingested, oldest failure first. They are kept until ingested or removed. */
    public synchronized List<DeadChunk> deadLetters() {
        session.requireOpen();
        return session.read(
                () -> deadLetters.list().stream().map(DeadLetterLine::chunk).toList());
    }

    /**
     * Ingests the chunks of dead letters again. A document with no missing chunk then counts as unchanged in the next
     * ingestion.
     *
     * @throws GeothermException if a file cannot be written, or the settings of splitter, scrubber or embedder differ from
     *     those of the ingestion
     * @throws CancellationException if the operation was cancelled; chunks processed before stay
     */
    public synchronized ReplayResult replayDeadLetters(Progress progress, Cancellation cancellation)
            throws InterruptedException {
        KnowledgeStore store = session.writable();
        search.requireSameSettings();
        return ingestion.replay(store, progress, cancellation);
    }

    /**
     * Removes all dead letters. Their documents count as changed in the next ingestion.
     *
     * @return the number of removed letters
     */
    public synchronized long purgeDeadLetters() {
        session.requireOpen();
        return session.write(() -> deadLetters.removeIf(any -> true));
    }

    /** Returns the names of the sources that have a document with an id. */
    public List<String> sourcesOf(String document) {
        Ledger ledger = session.current().ledger();
        return session.read(() -> ledger.sourcesOf(document));
    }

    /** Returns the names of the sources that have documents. */
    public List<String> sources() {
        return session.read(session.current().ledger()::sourcesWithDocuments);
    }

    /**
     * Deletes historical data from the files: removed passages, replaced ledger entries and all deltas. The delta log then
     * starts with the current state.
     */
    public synchronized void compact() {
        KnowledgeStore store = session.writable();
        try {
            generations.deleteNext();
            store.compact();
        } catch (IOException failed) {
            throw session.cannotWrite(failed);
        }
    }

    /**
     * Verifies all data: checksums, and the consistency of ledger, passages, anchors, deltas and state. Recomputes all
     * anchors, so it takes about as long as an ingestion without embedding.
     *
     * @throws CancellationException if the operation was cancelled
     */
    public synchronized VerificationReport verify(Progress progress, Cancellation cancellation) {
        KnowledgeStore store = session.writable();
        return session.read(() -> new KnowledgeVerification(store, platform, cancellation).run(progress));
    }

    /**
     * Writes all documents with their chunks and embeddings as JSON Lines.
     *
     * @param out the stream to write to; not closed
     * @return the number of documents
     */
    public synchronized long exportTo(OutputStream out, Progress progress, Cancellation cancellation) {
        KnowledgeStore store = session.writable();
        try {
            return KnowledgeExport.write(store, out, progress, cancellation);
        } catch (IOException failed) {
            throw new GeothermException("cannot export: " + FailureReason.of(failed), failed);
        }
    }

    /**
     * Adds the documents of an export, each replacing a document with the same id and source. Embeddings of the export are
     * used if they were made with the settings of this knowledge, and computed otherwise.
     *
     * @param in the stream to read from; not closed
     * @param name the name of the input in messages
     * @return the number of documents
     * @throws GeothermException if the input is not a complete export, a line was changed, or a document occurs twice;
     *     documents before that place may have been added, and an import of the complete export replaces them
     */
    public synchronized long importFrom(InputStream in, String name, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        KnowledgeStore store = session.writable();
        search.requireSameSettings();
        try {
            KnowledgeImport documents = new KnowledgeImport(
                    in, name, store.committed().settings(), platform.embedder().dimension());
            return ingestion.importAll(store, documents, progress, cancellation);
        } catch (IOException failed) {
            throw new GeothermException("cannot read " + name + ": " + FailureReason.of(failed), failed);
        }
    }

    /** Returns the documents of a source that the application embeds itself. */
    public EmbeddedDocuments embedded(String source) {
        return new EmbeddedDocuments(this, source);
    }

    synchronized void putEmbedded(String source, List<EmbeddedDocument> documents) throws InterruptedException {
        KnowledgeStore store = session.writable();
        search.requireSameSettings();
        for (EmbeddedDocument document : documents) {
            document.requireDimension(platform.embedder().dimension());
        }
        ingestion.putAll(store, source, documents);
    }

    synchronized void removeDocuments(String source, Collection<String> ids) {
        KnowledgeStore store = session.writable();
        store.remove(session.read(() -> store.ledger().find(source, ids)));
        store.commit();
        store.index().refresh();
    }

    void forEachEmbedded(String source, Consumer<? super EmbeddedDocument> visitor) {
        session.requireOpen();
        try {
            search.forEachEmbedded(source, visitor);
        } catch (IOException failed) {
            throw session.cannotRead(failed);
        }
    }

    List<EmbeddedDocuments.Found> searchEmbedded(String source, Query query) {
        session.requireOpen();
        return session.read(() -> search.embedded(source, query));
    }

    /**
     * Saves the deltas and the state, reads both back, and checks that the deltas lead exactly to the state.
     *
     * @throws GeothermException if the deltas do not lead to the state, or a file cannot be written or read
     */
    public synchronized StateCheck save(Progress progress) {
        return session.save(progress);
    }

    /**
     * Answers the queries of a corpus from everything ingested so far, and measures the answers against the corpus's
     * judgements. Answers are checkpointed: after a crash or a cancellation, the same evaluation over the same documents
     * resumes.
     *
     * @throws EvaluationException if the checkpoint belongs to another evaluation, or the evaluation is already running
     * @throws GeothermException if the evaluation fails
     * @throws CancellationException if the operation was cancelled
     */
    public EvaluationResult evaluate(
            Corpus corpus, EvaluationOptions options, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        KnowledgeStore store = session.current();
        SourceKey source = SourceKey.of(generations.isDurable() ? corpus.name() : "");
        try {
            return evaluation.run(
                    corpus,
                    store.index().retriever(),
                    store.ledger().fingerprint(),
                    source,
                    options,
                    progress,
                    cancellation);
        } catch (IOException failed) {
            throw session.cannotWrite(failed);
        }
    }

    /**
     * Stops upkeep, commits its changes, and closes the files. Idempotent. Close the engine before the platform, which stays
     * open.
     *
     * <p>If closing fails, the engine stays open, and a second call retries.
     *
     * @throws GeothermException if a file cannot be written
     */
    @Override
    public synchronized void close() {
        session.close();
    }
}
