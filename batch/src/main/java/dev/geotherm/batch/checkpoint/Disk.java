package dev.geotherm.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to disk; tests put a full one in its place. */
class Disk {
    private static final Logger log = LoggerFactory.getLogger(Disk.class);

    /** Writes all bytes at the channel's position. */
    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Returns when everything that was written survives a loss of power. */
    void force(FileChannel channel) throws IOException {
        channel.force(true);
    }

    /** Makes the names in a folder survive a loss of power, where the system lets folders be opened. */
    void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            log.debug("This system does not let folders be synchronized: {}", folder, e);
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
