package dev.geotherm.cli.run;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.DurableFiles;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.FolderLock;
import dev.geotherm.storage.FolderLockedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that takes a run's results; one run at a time has it.
 *
 * <p>Results are made in a work folder inside and put in place together at the end, so that those of an earlier run stay
 * until then. The file {@code .geotherm} marks the folder as one that may be written to, and is what runs lock; it stays.
 */
final class OutputFolder implements Closeable {
    private static final String MARK = ".geotherm";
    private static final String WORK = ".geotherm-work";

    private final Path folder;
    private final FolderLock lock;

    private OutputFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Creates the folder if need be and locks it, with an empty work folder.
     *
     * @throws GeothermException if it cannot be written, holds files that no run has made, or another run has it
     */
    static OutputFolder open(Path folder) {
        FolderLock lock;
        try {
            Files.createDirectories(folder);
            refuseStrange(folder);
            lock = FolderLock.acquire(folder, MARK);
        } catch (FolderLockedException taken) {
            throw new GeothermException(
                    "another run"
                            + taken.holder().map(holder -> ", " + holder + ",").orElse("") + " writes to " + folder
                            + " now; wait for it, or name another folder by --out",
                    taken);
        } catch (IOException refused) {
            throw new GeothermException(
                    "cannot write to the output folder " + folder + ": " + FailureReason.of(refused)
                            + "; name another one by --out",
                    refused);
        }
        OutputFolder opened = new OutputFolder(folder, lock);
        try {
            deleteTree(opened.work());
            Files.createDirectories(opened.work());
            return opened;
        } catch (IOException refused) {
            try {
                lock.close();
            } catch (IOException too) {
                refused.addSuppressed(too);
            }
            throw new GeothermException(
                    "cannot take the output folder " + folder + ": " + FailureReason.of(refused), refused);
        }
    }

    /** A folder with files in it is written to only if a run made it: results replace files of the same names. */
    private static void refuseStrange(Path folder) throws IOException {
        if (Files.exists(folder.resolve(MARK))) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new GeothermException(folder + " holds files and none of a run (there is no " + MARK
                        + " in it); name a new or an empty folder by --out");
            }
        }
    }

    /** Returns the path of a file that is there while a run lasts or across runs: the log, the checkpoint. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Returns the path at which a result is made. */
    Path draft(String name) {
        return work().resolve(name);
    }

    Path folder() {
        return folder;
    }

    /** Returns the folder for what is needed while the run lasts. */
    Path work() {
        return folder.resolve(WORK);
    }

    /**
     * Publishes the results in their order, and deletes those of an earlier run that have no successor. Where the last one
     * exists, the others are of the same run.
     *
     * @param names of every result that a run can have
     */
    void publish(List<String> names) throws IOException {
        DurableFiles.publish(work(), folder, names);
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Deletes the work folder and unlocks the folder. */
    @Override
    public void close() throws IOException {
        try (lock) {
            deleteTree(work());
        }
    }
}
