package dev.geotherm.storage.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The verification of a log's segments on open: each must start where the previous one ends. */
final class SegmentChain {
    private final LogFolder folder;
    private final LogHeader expected;

    SegmentChain(LogFolder folder, LogHeader expected) {
        this.folder = folder;
        this.expected = expected;
    }

    /**
     * Returns the headers of the segments, oldest first; empty for a new log. Deletes leftover segments that were
     * trimmed.
     */
    List<SegmentHeader> read() throws IOException {
        long start = folder.start().read();
        List<Path> trimmed = new ArrayList<>();
        List<SegmentHeader> kept = new ArrayList<>();
        for (Path file : folder.segments()) {
            SegmentHeader header = readExpected(file);
            if (header.base() < start) {
                trimmed.add(file);
                continue;
            }
            if (kept.isEmpty()) {
                requireFirst(header, start);
            } else {
                requireNext(kept.get(kept.size() - 1), header);
            }
            kept.add(header);
        }
        if (kept.isEmpty() && start > 0) {
            throw missing(start);
        }
        for (Path file : trimmed) {
            Files.delete(file);
        }
        return kept;
    }

    private SegmentHeader readExpected(Path file) throws IOException {
        SegmentHeader header = SegmentHeader.read(file);
        if (!header.log().equals(expected)) {
            throw new LogMismatchException(folder.path(), expected, header.log());
        }
        if (!file.equals(folder.segment(header.base()))) {
            throw new DamagedLogException(
                    file, 0, "its first frame has position " + header.base() + ", which its name does not say");
        }
        return header;
    }

    private void requireFirst(SegmentHeader first, long start) throws DamagedLogException {
        if (first.base() > start) {
            throw missing(start);
        }
    }

    private DamagedLogException missing(long base) {
        return DamagedLogException.missing(folder.segment(base), "the log starts there");
    }

    private void requireNext(SegmentHeader before, SegmentHeader next) throws IOException {
        Path file = folder.segment(before.base());
        if (next.logId() != before.logId()) {
            throw new DamagedLogException(folder.segment(next.base()), 0, "it belongs to another log");
        }
        long size = Files.size(file);
        if (size < before.size() + next.base() - before.base()) {
            throw new DamagedLogException(
                    file,
                    size,
                    "it ends before position " + next.base() + ", where the next file starts: it was truncated, or a"
                            + " file between them is missing");
        }
    }
}
