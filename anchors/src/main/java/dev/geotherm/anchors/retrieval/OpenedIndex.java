package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.analysis.Analysis;
import dev.geotherm.api.GeothermException;
import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/**
 * An opened Lucene index.
 *
 * @param writer the writer of the index
 * @param searchers the searchers over the writer's content
 * @param committed the data of the last commit
 */
record OpenedIndex(IndexWriter writer, SearcherManager searchers, CommitData committed) {

    /**
     * Opens the index in a folder, or creates one there.
     *
     * @param analysis the analysis of texts in a new index
     * @throws GeothermException if the folder cannot be read or written, is in use, or is damaged
     */
    static OpenedIndex open(IndexFolder folder, Analysis analysis, Codec codec) {
        IndexWriter opened = null;
        try {
            if (folder.isDurable()) {
                folder.requireIndexOrNothing();
            }
            // Another process may create an index at this point, so the writer checks again once it holds the lock.
            opened = new IndexWriter(folder.directory(), config(codec));
            CommitData committed;
            if (DirectoryReader.indexExists(folder.directory())) {
                committed = CommitData.read(opened.getLiveCommitData());
            } else {
                committed = new CommitData(null, -1, analysis.toString());
                if (folder.isDurable()) { // from now on, a folder without a commit is damaged
                    opened.setLiveCommitData(committed.entries());
                    opened.commit();
                }
            }
            return new OpenedIndex(opened, new SearcherManager(opened, null), committed);
        } catch (IOException | RuntimeException failed) {
            GeothermException refused = refused(folder, failed);
            rollback(opened, refused);
            throw refused;
        }
    }

    private static IndexWriterConfig config(Codec codec) {
        return new IndexWriterConfig()
                .setOpenMode(OpenMode.CREATE_OR_APPEND)
                .setCodec(codec)
                .setMergePolicy(new ExpungingMergePolicy())
                .setMergeScheduler(new SerialMergeScheduler())
                .setCommitOnClose(false)
                .setRAMBufferSizeMB(64);
    }

    private static GeothermException refused(IndexFolder folder, Exception failed) {
        if (failed instanceof LockObtainFailedException) {
            return new GeothermException(
                    "another index uses the folder " + folder.path() + "; close it first, or use another folder",
                    failed);
        }
        Throwable reason = failed; // the innermost exception names the file
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return new GeothermException(
                "cannot open the index in " + folder.path() + ": " + reason.getMessage()
                        + "; is it damaged, or the disk full?",
                failed);
    }

    private static void rollback(@Nullable IndexWriter opened, GeothermException refused) {
        if (opened != null) {
            try {
                opened.rollback();
            } catch (IOException | RuntimeException too) {
                refused.addSuppressed(too);
            }
        }
    }
}
