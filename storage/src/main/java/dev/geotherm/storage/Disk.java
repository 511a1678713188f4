package dev.geotherm.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The system calls that make files durable. Tests override them to record their order. */
class Disk {
    static final Disk SYSTEM = new Disk();

    /** Opens a channel for forcing a file or a folder. */
    FileChannel open(Path file, OpenOption option) throws IOException {
        return FileChannel.open(file, option);
    }

    /** Moves a file over another atomically. */
    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Opens a handle of a file that can be written. */
    FileSync sync(Path file) throws IOException {
        return new FileSync(file, path -> open(path, StandardOpenOption.WRITE));
    }

    /** Forces the names in a folder to disk. Has no effect on systems that cannot open folders, such as Windows. */
    void forceFolder(Path folder) throws IOException {
        FileSync sync;
        try {
            sync = new FileSync(folder, path -> open(path, StandardOpenOption.READ));
        } catch (IOException refused) {
            if (Files.isDirectory(folder)) {
                return;
            }
            throw refused;
        }
        try (sync) {
            sync.force(true);
        }
    }

    /** Forces a file to disk, moves it over another, and forces the move to disk. */
    void forceAndMove(Path from, Path to) throws IOException {
        try (FileSync sync = sync(from)) {
            sync.force(true);
        }
        move(from, to);
        forceFolder(DurableFiles.folder(to));
    }
}
