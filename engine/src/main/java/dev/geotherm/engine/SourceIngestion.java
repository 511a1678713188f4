package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.corpus.Corpus;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;

/**
 * The ingestion of a source into the current generation of the store or, after a change of settings, into a new generation
 * that replaces it. One caller at a time.
 */
final class SourceIngestion {
    private final KnowledgeFolder folder;
    private final StoreGenerations generations;
    private final Ingestion ingestion;

    @Inject
    SourceIngestion(KnowledgeFolder folder, StoreGenerations generations, Ingestion ingestion) {
        this.folder = folder;
        this.generations = generations;
        this.ingestion = ingestion;
    }

    /**
     * Ingests a source, and commits.
     *
     * @throws GeothermException if the settings have changed and the options do not permit a rebuild
     */
    IngestionResult run(Corpus corpus, IngestOptions options, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        KnowledgeStore store = generations.current();
        List<String> differences = generations.differences();
        IngestOptions named = generations.isDurable() ? options : options.withSource("");
        if (differences.isEmpty()) {
            ingestion.reindexIfNeeded(store, progress);
            return ingestion.run(store, corpus, named, progress, cancellation);
        }
        if (!options.rebuild()) {
            throw new GeothermException("the knowledge in " + folder.path() + " was made with other settings: "
                    + String.join("; ", differences)
                    + ". Use the settings of before, or rebuild it, which embeds everything again (--rebuild)");
        }
        return rebuild(store, differences, corpus, named, progress, cancellation);
    }

    private IngestionResult rebuild(
            KnowledgeStore store,
            List<String> differences,
            Corpus corpus,
            IngestOptions options,
            Progress progress,
            Cancellation cancellation)
            throws InterruptedException {
        KnowledgeStore next = generations.openNext();
        boolean complete = false;
        try {
            store.dropAnchors();
            boolean sameChunks = differences.stream().allMatch(each -> each.startsWith("embedding"));
            ingestion.copy(store, next, options.source(), sameChunks, progress, cancellation);
            IngestionResult result = ingestion.run(next, corpus, options, progress, cancellation);
            generations.replaceCurrent(next);
            complete = true;
            return result;
        } finally {
            if (!complete) {
                closeQuietly(next);
            }
        }
    }

    private static void closeQuietly(KnowledgeStore store) {
        try {
            store.close();
        } catch (IOException unimportant) { // no part of the store is used
            return;
        }
    }
}
