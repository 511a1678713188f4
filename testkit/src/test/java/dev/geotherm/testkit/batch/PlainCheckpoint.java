package dev.geotherm.testkit.batch;

import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A checkpoint that is a text file: a line with the job and a hash of the corpus, then a line for each outcome, each behind its
 * checksum. It is locked as long as it is open.
 */
final class PlainCheckpoint implements AutoCloseable {
    private final Path path;
    private final FileChannel file;
    private final List<Line> lines = new ArrayList<>();

    /** The line of the output for the item at an index. */
    record Line(int index, String text) {}

    private PlainCheckpoint(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens the checkpoint of an output, or creates it.
     *
     * @throws EvaluationException if it is in use, damaged, or of another job or corpus; it is not changed then
     */
    static PlainCheckpoint open(Path output, String job, List<? extends EvaluationItem<?>> items) {
        Path path = output.resolveSibling(output.getFileName() + ".checkpoint");
        try {
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            PlainCheckpoint checkpoint = new PlainCheckpoint(path, file);
            boolean complete = false;
            try {
                if (!checkpoint.lock()) {
                    throw new EvaluationException("another process or evaluator is writing " + output);
                }
                checkpoint.read(header(job, items), job);
                complete = true;
                return checkpoint;
            } finally {
                if (!complete) {
                    file.close();
                }
            }
        } catch (IOException failed) {
            throw new EvaluationException("cannot use the checkpoint " + path, failed);
        }
    }

    private boolean lock() throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    private static String header(String job, List<? extends EvaluationItem<?>> items) {
        CRC32 corpus = new CRC32();
        for (EvaluationItem<?> item : items) {
            String input = item.input().toString();
            corpus.update((item.id().length() + " " + item.id() + input.length() + " " + input)
                    .getBytes(StandardCharsets.UTF_16BE));
        }
        return sealed("job " + job.length() + " of " + Integer.toHexString(job.hashCode()) + ", corpus " + items.size()
                + " " + Long.toHexString(corpus.getValue()));
    }

    private void read(String header, String job) throws IOException {
        String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        if (header.startsWith(text)) { // new, or killed while it was created
            file.truncate(0);
            append(header);
            return;
        } else if (!text.startsWith(header)) {
            throw refused("is not one of job '" + job + "' over this corpus");
        }
        int at = header.length();
        for (int end = text.indexOf('\n', at) + 1; end > 0; end = text.indexOf('\n', at) + 1) {
            String line = text.substring(at, end);
            int space = line.indexOf(' ', 9);
            if (space < 0 || !line.equals(sealed(line.substring(9, end - at - 1)))) {
                throw refused("is damaged");
            }
            lines.add(new Line(Integer.parseInt(line.substring(9, space)), line.substring(space + 1, end - at - 1)));
            at = end;
        }
        file.truncate(at); // an incomplete last record is dropped
        file.position(at);
    }

    private EvaluationException refused(String why) {
        return new EvaluationException("the checkpoint " + path + " " + why + ": delete it to start over");
    }

    private static String sealed(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x %s\n".formatted(sum.getValue(), text);
    }

    /** Returns the outcomes that it had when it was opened. */
    List<Line> lines() {
        return lines;
    }

    void add(Line line) throws IOException {
        append(sealed(line.index() + " " + line.text()));
    }

    private void append(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    void force() throws IOException {
        file.force(false);
    }

    void delete() throws IOException {
        Files.delete(path);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
