package dev.geotherm.cli.run;

import dev.geotherm.api.GeothermException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    private final FileChannel channel;

    private OutputFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Creates the folder if need be and takes it, with an empty work folder.
     *
     * @throws GeothermException if it cannot be written, holds files of somebody else, or another run has it
     */
    static OutputFolder open(Path folder) {
        FileChannel channel;
        try {
            Files.createDirectories(folder);
            refuseStrange(folder);
            channel = FileChannel.open(folder.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException refused) {
            throw new GeothermException(
                    "cannot write to the output folder " + folder + ": " + AtomicFile.reason(refused)
                            + "; name another one by --out",
                    refused);
        }
        try {
            if (lock(channel) == null) {
                channel.close();
                throw new GeothermException(
                        "another run writes to " + folder + " now; wait for it, or name another" + " folder by --out");
            }
            OutputFolder taken = new OutputFolder(folder, channel);
            deleteTree(taken.work());
            Files.createDirectories(taken.work());
            return taken;
        } catch (IOException refused) {
            throw new GeothermException(
                    "cannot take the output folder " + folder + ": " + AtomicFile.reason(refused), refused);
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

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
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
     * Puts the results in place, in their order, and removes those of an earlier run that have no successor.
     *
     * @param names of every result that a run can have
     */
    void publish(List<String> names) throws IOException {
        for (String name : names) {
            Path draft = draft(name);
            if (Files.exists(draft)) {
                Files.move(
                        draft,
                        folder.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
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

    /** Removes the work folder and gives the folder free. */
    @Override
    public void close() throws IOException {
        deleteTree(work());
        channel.close();
    }
}
