package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Passage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;

/**
 * The Lucene index of a retriever.
 *
 * <p>A single thread does all writing, and callers cannot interrupt it: an interrupt during a write would make Lucene
 * close the index permanently. It is a platform thread, because analysis and merging are CPU-bound.
 *
 * <p>Deleted and replaced documents count in the statistics of BM25 until their segment is merged, so every refresh merges
 * the segments that have some. Apart from that, scores do not depend on segments: statistics are summed over all of them,
 * and the scores of terms are summed as doubles.
 */
final class PassageIndex implements AutoCloseable {
    private static final int LONGEST_ID = 8_000;

    private final String instance;
    private final IndexFolder folder;
    private final EnglishAnalyzer analyzer = new EnglishAnalyzer();
    private final ExecutorService thread;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private volatile int dimension = -1;

    /**
     * Creates an empty index.
     *
     * @param prefetch says whether files are read into memory when they are opened
     * @throws GeothermException if the work folder cannot be written
     */
    PassageIndex(ComponentContext context, BooleanSupplier prefetch) {
        instance = context.instance();
        folder = IndexFolder.create(context.workDirectory());
        folder.directory().setPreload((file, ioContext) -> prefetch.getAsBoolean());
        try {
            TieredMergePolicy merges = new TieredMergePolicy();
            merges.setForceMergeDeletesPctAllowed(0);
            writer = new IndexWriter(
                    folder.directory(),
                    new IndexWriterConfig(analyzer)
                            .setMergePolicy(merges)
                            .setMergeScheduler(new SerialMergeScheduler())
                            .setCommitOnClose(false)
                            .setRAMBufferSizeMB(64));
            searchers = new SearcherManager(writer, null);
        } catch (IOException unwritable) {
            folder.close();
            throw new GeothermException("cannot open an index for " + instance + ": " + unwritable, unwritable);
        }
        thread = context.computeExecutor("index", 1);
    }

    EnglishAnalyzer analyzer() {
        return analyzer;
    }

    /** Returns the length of the vectors, or -1 before the first one. */
    int dimension() {
        return dimension;
    }

    void add(Collection<Passage> passages) {
        onThread(() -> {
            int length = dimension;
            List<Document> documents = new ArrayList<>(passages.size());
            for (Passage passage : passages) {
                float[] unit = checkedVector(passage, length);
                length = unit.length > 0 ? unit.length : length;
                documents.add(PassageFields.write(passage, unit));
            }
            dimension = length;
            for (Document document : documents) {
                writer.updateDocument(new Term(PassageFields.ID, document.get(PassageFields.ID)), document);
            }
            return null;
        });
    }

    /** Returns the embedding normalised to length 1, or an empty array if vector search does not find the passage. */
    private static float[] checkedVector(Passage passage, int length) {
        for (String name : List.of(passage.id(), passage.document())) {
            if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
                throw new IllegalArgumentException("the id of a passage or document must have at most " + LONGEST_ID
                        + " bytes, this one is longer: " + name.substring(0, 100) + "…");
            }
        }
        float[] embedding = passage.embedding();
        if (embedding == null) {
            return new float[0];
        }
        if (embedding.length == 0 || (length >= 0 && embedding.length != length)) {
            throw new IllegalArgumentException("passage " + passage.id() + ": its embedding must have "
                    + (length < 0 ? "at least 1 number" : "the length of earlier ones, " + length) + ", was "
                    + embedding.length);
        }
        float[] unit = VectorMath.unit(embedding, "passage " + passage.id());
        return VectorMath.isZero(unit) ? new float[0] : unit;
    }

    void remove(Collection<String> ids) {
        onThread(() -> {
            writer.deleteDocuments(
                    ids.stream().map(id -> new Term(PassageFields.ID, id)).toArray(Term[]::new));
            return null;
        });
    }

    /** Makes all changes visible; if there are any, also runs the given task before anything else is written. */
    void refresh(Runnable afterwards) {
        onThread(() -> {
            if (writer.hasDeletions()) {
                writer.forceMergeDeletes(true);
            }
            if (!searchers.isSearcherCurrent()) {
                searchers.maybeRefreshBlocking();
                afterwards.run();
            }
            return null;
        });
    }

    IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    void release(IndexSearcher searcher) throws IOException {
        searchers.release(searcher);
    }

    private void onThread(Callable<?> task) {
        Future<?> future;
        try {
            future = thread.submit(task);
        } catch (RejectedExecutionException refused) {
            throw new IllegalStateException("the retriever " + instance + " is closed", refused);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return;
                } catch (InterruptedException later) {
                    interrupted = true; // the task runs to its end, then the interrupt is restored
                }
            }
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            String reason = cause instanceof IOException ? cause.getMessage() : String.valueOf(cause);
            throw new GeothermException(
                    "the index of " + instance + " in " + folder.directory().getDirectory() + " failed: " + reason
                            + "; is its disk full?",
                    cause);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        onThread(() -> {
            searchers.close();
            writer.rollback(); // the index is deleted, so nothing is written out
            analyzer.close();
            return null;
        });
        thread.shutdown();
        folder.close();
    }
}
