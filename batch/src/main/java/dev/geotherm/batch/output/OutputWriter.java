package dev.geotherm.batch;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.batch.EvaluationItem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes the output of a complete journal beside its place, and then puts it there at once. */
final class OutputWriter {
    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] OK = ascii(",\"status\":\"ok\",\"value\":");
    private static final byte[] OK_END = ascii("}\n");
    private static final byte[] FAILED = ascii(",\"status\":\"failed\",");
    private static final byte[] FAILED_END = ascii("\n");

    private final OutputFiles files;
    private final Disk disk;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    OutputWriter(OutputFiles files, Disk disk) {
        this.files = files;
        this.disk = disk;
    }

    /** Puts the output in its place, or throws and leaves what was there. */
    void write(Journal journal, List<? extends EvaluationItem<?>> items) throws IOException {
        try {
            writePartial(journal, items);
            Files.move(files.partial(), files.output(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(files.partial());
            } catch (IOException too) {
                e.addSuppressed(too);
            }
            throw e;
        }
        disk.forceFolder(files.folder());
    }

    private void writePartial(Journal journal, List<? extends EvaluationItem<?>> items) throws IOException {
        // Deleted first, so that a link of that name is not followed.
        Files.deleteIfExists(files.partial());
        try (FileChannel channel =
                FileChannel.open(files.partial(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < items.size(); i++) {
                Outcome outcome = journal.read(i);
                put(channel, ID);
                put(channel, Outcome.bytes(TextNode.valueOf(items.get(i).id())));
                put(channel, outcome.failed() ? FAILED : OK);
                int skipped = outcome.failed() ? 1 : 0; // the brace, as a failure's members go into the line's object
                put(channel, ByteBuffer.wrap(outcome.json(), skipped, outcome.json().length - skipped));
                put(channel, outcome.failed() ? FAILED_END : OK_END);
            }
            flush(channel);
            disk.force(channel);
        }
    }

    private void put(FileChannel channel, byte[] bytes) throws IOException {
        put(channel, ByteBuffer.wrap(bytes));
    }

    private void put(FileChannel channel, ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > buffer.remaining()) {
            flush(channel);
        }
        if (bytes.remaining() > buffer.remaining()) {
            disk.write(channel, bytes);
        } else {
            buffer.put(bytes);
        }
    }

    private void flush(FileChannel channel) throws IOException {
        disk.write(channel, buffer.flip());
        buffer.clear();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
