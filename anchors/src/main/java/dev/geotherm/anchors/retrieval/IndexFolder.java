package dev.geotherm.anchors.retrieval;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one index.
 *
 * <p>A temporary folder is always new, because its predecessor may still be in use. It lies below the work folder and is
 * deleted on close. Creating a temporary folder deletes the folders of crashed processes, which have free locks.
 */
final class IndexFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFolder.class);
    private static final String PREFIX = "index-";
    private static final String PENDING = "pending_" + IndexFileNames.SEGMENTS;

    private final Path path;
    private final MMapDirectory directory;
    private final boolean durable;

    private IndexFolder(MMapDirectory directory, boolean durable) {
        this.path = directory.getDirectory();
        this.directory = directory;
        this.durable = durable;
    }

    /**
     * Creates a temporary folder below the given one.
     *
     * @throws GeothermException if the folder cannot be written
     */
    static IndexFolder temporary(Path parent) {
        try {
            Files.createDirectories(parent);
            deleteStale(parent);
            return new IndexFolder(new MMapDirectory(Files.createTempDirectory(parent, PREFIX)), false);
        } catch (IOException unwritable) {
            throw new GeothermException(
                    "cannot create the index folder in " + parent + " (" + unwritable
                            + "): choose a writable work folder with free space",
                    unwritable);
        }
    }

    /**
     * Returns the folder of a durable index, creating it if necessary.
     *
     * @throws GeothermException if the folder cannot be created
     */
    static IndexFolder durable(Path folder) {
        try {
            Files.createDirectories(folder);
            return new IndexFolder(new MMapDirectory(folder.toRealPath()), true);
        } catch (IOException unwritable) {
            throw new GeothermException(
                    "cannot create the index folder " + folder + " (" + unwritable
                            + "): choose a writable folder with free space",
                    unwritable);
        }
    }

    MMapDirectory directory() {
        return directory;
    }

    Path path() {
        return path;
    }

    boolean isDurable() {
        return durable;
    }

    /**
     * Checks that the folder contains either an index, which has at least the commit of its creation, or nothing.
     *
     * @throws LockObtainFailedException if another index uses the folder
     * @throws GeothermException if there is no index, but a file that indicates a damaged index or a foreign folder
     */
    void requireIndexOrNothing() throws IOException {
        // Holds the lock, because the folder of an index in creation has files before its first commit.
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            if (DirectoryReader.indexExists(directory)) {
                return;
            }
            String other = Arrays.stream(directory.listAll())
                    .filter(file -> !file.equals(IndexWriter.WRITE_LOCK_NAME) && !file.startsWith(PENDING))
                    .findFirst()
                    .orElse("");
            if (!other.isEmpty()) {
                throw new GeothermException(
                        path + " contains " + other + " but no file " + IndexFileNames.SEGMENTS
                                + "_N: it is a damaged index or not the folder of an index; restore it, or use an empty folder");
            }
        }
    }

    private static void deleteStale(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path candidate : folders) {
                // A folder without a lock file is in creation.
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

    /** Deletes a temporary folder, and its parent if it is then empty. */
    @Override
    public void close() {
        try {
            directory.close();
            if (durable) {
                return;
            }
            DurableFiles.deleteTree(path);
            Path parent = requireNonNull(path.getParent());
            try (Stream<Path> others = Files.list(parent)) {
                if (others.findAny().isPresent()) {
                    return;
                }
            }
            Files.deleteIfExists(parent);
        } catch (IOException failed) {
            LOG.warn("cannot close the index folder {}: delete it yourself if it is temporary", path, failed);
        }
    }
}
