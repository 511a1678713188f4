package dev.geotherm.testkit;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of a few kilobytes that a test can fill. It is a tmpfs, which only root can mount; without that permission,
 * the test is skipped.
 */
public final class SmallDisk implements AutoCloseable {
    /** The minimum space of a file. */
    private static final int PAGE = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts a small disk on an empty folder, or skips the test. */
    public static SmallDisk mount(Path folder, int kibibytes) throws Exception {
        Files.createDirectories(folder);
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString()))
                .as("exit code of mount: skipped, because a full disk needs a tmpfs, which only root may mount")
                .isZero();
        return new SmallDisk(folder);
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            return -1;
        }
    }

    /** Returns the mount point. */
    public Path folder() {
        return folder;
    }

    /** Fills the disk to the last byte with a file of the given name, and returns that file. */
    public Path fill(String name) throws IOException {
        Path ballast = folder.resolve(name);
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException full) {
            return ballast;
        }
    }

    /** Fills the disk, except for the given number of kibibytes, with a file of the given name, and returns that file. */
    public Path fill(String name, int freeKibibytes) throws IOException {
        Path ballast = folder.resolve(name);
        try (var out = Files.newOutputStream(ballast)) {
            while (folder.toFile().getUsableSpace() >= 1024L * freeKibibytes + PAGE) {
                out.write(new byte[1024]);
            }
        }
        return ballast;
    }

    /** Unmounts the disk. */
    @Override
    public void close() throws Exception {
        if (run("umount", folder.toString()) != 0) {
            run("umount", "-l", folder.toString());
        }
    }
}
