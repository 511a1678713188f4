package dev.geotherm.storage.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** An index of the segments of an open log, by the position of their first frame. Thread-safe. */
final class SegmentIndex {
    private final LogFolder folder;
    private final SegmentHeader any;
    private final AppendLog.Disk disk;
    private final NavigableSet<Long> bases = new ConcurrentSkipListSet<>();
    private final Object trimming = new Object();

    SegmentIndex(LogFolder folder, List<SegmentHeader> segments, AppendLog.Disk disk) {
        this.folder = folder;
        this.disk = disk;
        this.any = segments.get(0);
        segments.forEach(segment -> bases.add(segment.base()));
    }

    void add(SegmentHeader segment) {
        bases.add(segment.base());
    }

    /** Returns the position of the first frame. */
    long start() {
        return bases.first();
    }

    /** Returns the header of the segment that contains a position, or null if it was trimmed. */
    @Nullable
    SegmentHeader find(long position) {
        Long base = bases.floor(position);
        return base == null ? null : any.at(base);
    }

    /** Returns the position after the last frame of a segment, given that of the log. */
    long end(long base, long logEnd) {
        Long next = bases.higher(base);
        return next == null ? logEnd : Math.min(next, logEnd);
    }

    /** Deletes the segments before the one that contains a position, oldest first. */
    void trim(long position) throws IOException {
        synchronized (trimming) {
            Long start = bases.floor(position);
            if (start == null || start.equals(bases.first())) {
                return;
            }
            folder.start().write(start, disk);
            for (Iterator<Long> trimmed = bases.headSet(start).iterator(); trimmed.hasNext(); ) {
                Path file = folder.segment(trimmed.next());
                trimmed.remove();
                Files.deleteIfExists(file);
            }
        }
    }
}
