package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one index, below the work folder: a new one for each retriever, because its predecessor may still be in
 * use, and deleted on close. Creating one deletes the folders of crashed processes, recognised by their free locks.
 */
final class IndexFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFolder.class);
    private static final String PREFIX = "index-";

    private final Path parent;
    private final Path folder;
    private final MMapDirectory directory;

    private IndexFolder(Path parent, Path folder, MMapDirectory directory) {
        this.parent = parent;
        this.folder = folder;
        this.directory = directory;
    }

    /**
     * Creates a folder below the given one.
     *
     * @throws GeothermException if it cannot be written
     */
    static IndexFolder create(Path parent) {
        try {
            Files.createDirectories(parent);
            deleteStale(parent);
            Path folder = Files.createTempDirectory(parent, PREFIX);
            return new IndexFolder(parent, folder, new MMapDirectory(folder));
        } catch (IOException unwritable) {
            throw new GeothermException(
                    "cannot create the index folder in " + parent + " (" + unwritable
                            + "): choose a writable work folder with free space",
                    unwritable);
        }
    }

    MMapDirectory directory() {
        return directory;
    }

    private static void deleteStale(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path candidate : folders) {
                // One without a lock is being created right now.
                if (Files.exists(candidate.resolve(IndexWriter.WRITE_LOCK_NAME)) && isFree(candidate)) {
                    LOG.info("deleting the index {} of a crashed process", candidate);
                    DurableFiles.deleteTree(candidate);
                }
            }
        }
    }

    private static boolean isFree(Path candidate) throws IOException {
        try (FSDirectory directory = FSDirectory.open(candidate);
                Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            return true;
        } catch (LockObtainFailedException inUse) {
            return false;
        }
    }

    /** Deletes the folder, and its parent if that is empty then. */
    @Override
    public void close() {
        try {
            directory.close();
            DurableFiles.deleteTree(folder);
            try (Stream<Path> others = Files.list(parent)) {
                if (others.findAny().isPresent()) {
                    return;
                }
            }
            Files.deleteIfExists(parent);
        } catch (IOException failed) {
            LOG.warn("cannot delete the index {}: delete it yourself", folder, failed);
        }
    }
}
