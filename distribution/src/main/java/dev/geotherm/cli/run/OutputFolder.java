package dev.geotherm.cli.run;

import dev.geotherm.api.GeothermException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that takes a run's results; one run at a time has it. */
final class OutputFolder implements Closeable {
    private final Path folder;
    private final FileChannel channel;

    private OutputFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Creates the folder if need be and takes it.
     *
     * @throws GeothermException if it cannot be written, or another run has it
     */
    static OutputFolder open(Path folder) {
        FileChannel channel;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(
                    folder.resolve(".geotherm.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
            return new OutputFolder(folder, channel);
        } catch (IOException refused) {
            throw new GeothermException(
                    "cannot lock the output folder " + folder + ": " + AtomicFile.reason(refused), refused);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path folder() {
        return folder;
    }

    /** Returns the folder for what is needed while the run lasts, empty. */
    Path work() {
        Path work = folder.resolve(".work");
        delete(work);
        return work;
    }

    /** Removes the results of earlier runs, so that no file of another run stands beside those of this one. */
    void discardResults(List<String> names) {
        names.forEach(name -> delete(folder.resolve(name)));
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException refused) {
            throw new GeothermException("cannot remove " + path + ": " + AtomicFile.reason(refused), refused);
        }
    }

    /** Removes the work folder and gives the folder free. */
    @Override
    public void close() throws IOException {
        delete(folder.resolve(".work"));
        Files.deleteIfExists(folder.resolve(".geotherm.lock"));
        channel.close();
    }
}
