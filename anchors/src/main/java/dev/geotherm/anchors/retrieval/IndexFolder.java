package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one index: new for each retriever, because one may succeed another that is still in use; gone when it is
 * closed. What a process that crashed left behind, known by its free lock, is deleted when the next one is made.
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
     * Makes a folder below the given one.
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
                    "cannot make the folder of the index in " + parent + " (" + unwritable
                            + "): choose a work folder that can be written and has room",
                    unwritable);
        }
    }

    MMapDirectory directory() {
        return directory;
    }

    private static void deleteStale(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path candidate : folders) {
                // One that has no lock yet is being made right now.
                if (Files.exists(candidate.resolve(IndexWriter.WRITE_LOCK_NAME)) && isFree(candidate)) {
                    LOG.info("deleting the index {} that a former process left behind", candidate);
                    delete(candidate);
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

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /** Deletes the folder, and the one above if nothing else is in it. */
    @Override
    public void close() {
        try {
            directory.close();
            delete(folder);
            try (Stream<Path> others = Files.list(parent)) {
                if (others.findAny().isPresent()) {
                    return;
                }
            }
            Files.deleteIfExists(parent);
        } catch (IOException failed) {
            LOG.warn("cannot delete the index {}: delete it by hand", folder, failed);
        }
    }
}
