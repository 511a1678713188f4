package dev.geotherm.storage.log;

import dev.geotherm.storage.DurableFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The removal of all frames from a position on, in a log that is not open. If a crash interrupts the removal, repeating
 * it completes it. Nothing is changed if no frame ends at the position.
 *
 * @param folder the files of the log
 * @param end the position after the last frame to keep
 */
record LogCut(LogFolder folder, long end) {

    void apply() throws IOException {
        SegmentHeader last = null;
        List<Path> later = new ArrayList<>();
        for (Path file : folder.segments()) {
            SegmentHeader header = SegmentHeader.read(file);
            if (header.base() > end) {
                later.add(file);
            } else {
                last = header;
            }
        }
        requireEnd(last);
        if (last == null) {
            return; // a new log
        }
        Collections.reverse(later);
        for (Path file : later) {
            Files.delete(file);
        }
        if (!later.isEmpty()) {
            DurableFiles.forceFolder(folder.path());
        }
        truncate(folder.segment(last.base()), last.size() + end - last.base());
    }

    /** Checks that a frame of a segment ends or begins at {@code end}. */
    private void requireEnd(@Nullable SegmentHeader last) throws IOException {
        if (last == null) {
            if (end != 0) {
                throw DamagedLogException.missing(folder.segment(0), "the log must reach position " + end);
            }
            return;
        }
        FrameHeader frame = new FrameHeader();
        long at = last.base();
        try (SegmentReader reader = new SegmentReader(folder.segment(last.base()), last)) {
            long fileEnd = reader.fileEnd();
            while (at < end && reader.read(frame, at, fileEnd) != null && frame.kind != FrameHeader.SEAL) {
                at += FrameHeader.SIZE + frame.length;
            }
            if (at != end) {
                throw reader.damaged(Math.min(at, end), "no frame ends at position " + end + ", where the log was cut");
            }
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            if (opened.length() > size) {
                opened.setLength(size); // forced when the log is opened
            }
        }
    }
}
