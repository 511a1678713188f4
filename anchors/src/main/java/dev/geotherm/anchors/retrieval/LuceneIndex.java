package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.analysis.Analysis;
import dev.geotherm.anchors.analysis.TextAnalyzer;
import dev.geotherm.anchors.codec.GraphKind;
import dev.geotherm.anchors.codec.SegmentGraphFormat;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexMetrics;
import dev.geotherm.api.anchor.Retriever;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.jspecify.annotations.Nullable;

/**
 * A passage index on Lucene. The marker of a commit is in Lucene's commit file, so both are written atomically.
 *
 * <p>Scores do not depend on segments: statistics cover all live passages ({@link LiveStatistics}), and the scores of terms
 * are summed as doubles.
 */
final class LuceneIndex implements PassageIndex {
    private final String name;
    private final IndexFolder folder;
    private final WriterThread thread;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final LuceneRetriever retriever;
    private final Consumer<LuceneIndex> onClose;
    private final LongAdder indexed = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final VectorCache vectors;
    private volatile @Nullable Snapshot snapshot;
    private volatile CommitData committed;
    private volatile TextAnalyzer analyzer;
    private volatile int dimension;
    private volatile boolean closed;
    private boolean assigned; // since the last refresh; only for the writer thread

    /**
     * Opens the index in a folder, or creates one there. Closes the folder if that fails.
     *
     * @param graphs the kind of new graphs
     * @param onClose the action to run once the index is closed
     * @throws GeothermException if the folder cannot be read or written, is in use, or is damaged
     */
    LuceneIndex(
            String name,
            IndexFolder folder,
            LuceneIndexesSettings settings,
            GraphKind graphs,
            ExecutorService writerThread,
            ExecutorService searchThreads,
            Consumer<LuceneIndex> onClose) {
        this.name = name;
        this.folder = folder;
        this.onClose = onClose;
        vectors = new VectorCache(vectorMemory(settings));
        thread = new WriterThread(toString(), writerThread);
        retriever = new LuceneRetriever(this, settings, searchThreads);
        folder.directory().setPreload((file, context) -> retriever.settings().prefetch());
        OpenedIndex opened;
        try {
            opened = OpenedIndex.open(folder, settings.analysis(), codec(graphs, settings.graph()));
        } catch (GeothermException refused) {
            writerThread.shutdown();
            folder.close();
            throw refused;
        }
        writer = opened.writer();
        searchers = opened.searchers();
        committed = opened.committed();
        analyzer = TextAnalyzer.of(Analysis.parse(committed.analysis()));
        dimension = committed.dimension();
    }

    /** Returns the memory for vectors, at most a quarter of the heap. */
    private static long vectorMemory(LuceneIndexesSettings settings) {
        return Math.min(settings.vectorMemory().bytes(), Runtime.getRuntime().maxMemory() / 4);
    }

    private Codec codec(GraphKind graphs, GraphSettings settings) {
        return SegmentGraphFormat.codec(
                () -> retriever.settings().graph().fewest(), graphs, settings.graphDegree(), settings.graphBeam());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void index(Collection<Passage> passages) {
        requireOpen();
        thread.run(() -> {
            int length = dimension;
            List<Document> documents = new ArrayList<>(passages.size());
            for (Passage passage : passages) {
                float[] unit = PassageCheck.unitVector(passage, length);
                length = unit.length > 0 ? unit.length : length;
                documents.add(PassageFields.write(passage, unit, analyzer));
            }
            dimension = length;
            for (Document document : documents) {
                writer.updateDocument(id(document.get(PassageFields.ID)), document);
            }
            indexed.add(documents.size());
            return null;
        });
    }

    private static Term id(String passage) {
        return new Term(PassageFields.ID, passage);
    }

    @Override
    public void remove(Collection<String> passageIds) {
        requireOpen();
        thread.run(() -> {
            writer.deleteDocuments(passageIds.stream().map(LuceneIndex::id).toArray(Term[]::new));
            return null;
        });
    }

    @Override
    public void assign(Map<String, Optional<AnchorId>> anchors) {
        requireOpen();
        thread.run(() -> {
            for (Map.Entry<String, Optional<AnchorId>> each : anchors.entrySet()) {
                writer.updateDocValues(
                        id(each.getKey()), PassageFields.anchor(each.getValue().orElse(null)));
            }
            assigned = true;
            return null;
        });
    }

    @Override
    public void refresh() {
        requireOpen();
        thread.run(() -> {
            makeVisible();
            return null;
        });
    }

    private void makeVisible() throws IOException {
        if (assigned) {
            // After a flush has applied doc-value updates, Lucene considers an old reader current. New commit data
            // changes the version of the index.
            writer.setLiveCommitData(committed.entries());
            assigned = false;
        }
        if (!searchers.isSearcherCurrent()) {
            searchers.maybeRefreshBlocking();
            snapshot = null;
            retriever.forget();
        }
    }

    @Override
    public void commit(String marker) {
        requireOpen();
        thread.run(() -> {
            commitWith(marker);
            return null;
        });
    }

    private void commitWith(String marker) throws IOException {
        CommitData data = new CommitData(marker, dimension, committed.analysis());
        commit(data);
    }

    private void commit(CommitData data) throws IOException {
        if (folder.isDurable()) {
            writer.setLiveCommitData(data.entries());
            writer.commit();
        }
        committed = data;
        commits.increment();
    }

    @Override
    public Optional<String> marker() {
        requireOpen();
        return Optional.ofNullable(committed.marker());
    }

    @Override
    public List<Passage> find(Collection<String> passageIds) {
        return read(reader -> PassageReader.find(reader, passageIds));
    }

    @Override
    public void forEach(Consumer<? super Passage> visitor) {
        read(reader -> {
            PassageReader.forEach(reader, visitor);
            return true;
        });
    }

    @Override
    public long size() {
        return read(IndexReader::numDocs);
    }

    @Override
    public Retriever retriever() {
        requireOpen();
        return retriever;
    }

    @Override
    public void expunge(String marker) {
        requireOpen();
        thread.run(() -> {
            writer.forceMergeDeletes(true);
            commitWith(marker);
            makeVisible();
            writer.deleteUnusedFiles();
            return null;
        });
    }

    @Override
    public boolean needsReindexing() {
        requireOpen();
        return !committed.analysis().equals(retriever.settings().analysis().toString());
    }

    @Override
    public void reindex(String marker) {
        requireOpen();
        Analysis analysis = retriever.settings().analysis();
        thread.run(() -> {
            makeVisible();
            TextAnalyzer now = TextAnalyzer.of(analysis);
            var unused = read(reader -> {
                snapshot(reader); // searches of this reader keep the old analyzer
                analyzer = now;
                PassageReader.forEach(reader, passage -> index(passage, now));
                return true;
            });
            commit(new CommitData(marker, dimension, analysis.toString()));
            makeVisible();
            return null;
        });
    }

    private void index(Passage passage, TextAnalyzer words) {
        float[] unit = passage.embedding();
        try {
            writer.updateDocument(
                    id(passage.id()), PassageFields.write(passage, unit == null ? new float[0] : unit, words));
        } catch (IOException failed) {
            throw new GeothermException(this + " failed: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void verify() {
        requireOpen();
        if (folder.isDurable()) {
            try (DirectoryReader last = DirectoryReader.open(folder.directory())) {
                checkIntegrity(last);
            } catch (IOException failed) {
                throw unreadable(failed);
            }
        } else {
            read(LuceneIndex::checkIntegrity);
        }
    }

    private static boolean checkIntegrity(IndexReader reader) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            ((CodecReader) leaf.reader()).checkIntegrity();
        }
        return true;
    }

    /** A function of a snapshot of the index. */
    interface Reading<T> {
        T from(IndexReader reader) throws IOException;
    }

    /** Applies a function to the state of the last refresh. */
    <T> T read(Reading<T> reading) {
        requireOpen();
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.from(searcher.getIndexReader());
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Returns the snapshot of a reader. The snapshot of the last refresh is cached. */
    Snapshot snapshot(IndexReader reader) throws IOException {
        Snapshot known = snapshot;
        if (known != null && known.isOf(reader)) {
            return known;
        }
        synchronized (vectors) { // after a refresh, many searches can wait for the first one
            known = snapshot;
            if (known == null || !known.isOf(reader)) {
                known = Snapshot.of(reader, vectors, analyzer);
                snapshot = known;
            }
            return known;
        }
    }

    private GeothermException unreadable(IOException failed) {
        return new GeothermException("cannot read " + this + ": " + failed.getMessage(), failed);
    }

    /** Returns the length of the vectors, or -1 before the first one. */
    int dimension() {
        return dimension;
    }

    void reconfigure(LuceneIndexesSettings settings) {
        retriever.reconfigure(settings);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    @Override
    public PassageIndexMetrics metrics() {
        return new PassageIndexMetrics(
                closed ? 0 : read(IndexReader::numDocs),
                indexed.sum(),
                commits.sum(),
                retriever.searches(),
                retriever.cacheHits(),
                retriever.graphSearches(),
                retriever.times());
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            thread.run(() -> {
                searchers.close();
                snapshot = null;
                writer.rollback();
                analyzer.close();
                return null;
            });
        } finally {
            thread.shutdown();
            folder.close();
            onClose.accept(this);
        }
    }

    @Override
    public String toString() {
        return "the passage index " + name + " in " + folder.path();
    }
}
