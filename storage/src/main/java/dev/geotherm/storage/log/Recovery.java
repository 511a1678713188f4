package dev.geotherm.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The recovery of the last segment after a crash.
 *
 * <p>A killed process leaves an incomplete last frame. A power failure can also leave holes in data that was not forced
 * to disk: sectors of zeros, with intact frames after them. Both are truncated. An invalid frame is refused as damage
 * if a later frame proves that it was on disk, or if intact frames follow it and it has no hole.
 *
 * @param end the position after the last frame
 * @param cutBytes the number of bytes after it to truncate, not counting zeros at the end of the file
 * @param marked whether the last frame is a {@link FrameHeader#MARK}
 */
record Recovery(long end, long cutBytes, boolean marked) {
    private static final int SECTOR = 512;
    private static final int BLOCK = 1 << 12;

    /**
     * Recovers the last segment of a log.
     *
     * @throws DamagedLogException if it is damaged, or if it proves that a next segment existed
     */
    static Recovery of(SegmentReader segment, LogFolder folder) throws IOException {
        FrameHeader frame = new FrameHeader();
        long fileEnd = segment.fileEnd();
        long end = segment.base();
        boolean marked = false;
        while (segment.read(frame, end, fileEnd) != null) {
            if (frame.kind == FrameHeader.SEAL) {
                Path missing = folder.segment(end);
                throw DamagedLogException.missing(missing, "the segment before it was followed by it");
            }
            end += FrameHeader.SIZE + frame.length;
            marked = frame.kind == FrameHeader.MARK;
        }
        long garbage = garbageEnd(segment, end, fileEnd);
        if (garbage > end) {
            requireTorn(segment, end, garbage, fileEnd);
        }
        return new Recovery(end, garbage - end, marked);
    }

    /** Returns the position after the last byte that is not zero, or the given one if all are. */
    private static long garbageEnd(SegmentReader segment, long from, long fileEnd) throws IOException {
        long garbage = from;
        for (long at = from; at < fileEnd; at += BLOCK) {
            ByteBuffer block = segment.bytes(at, (int) Math.min(BLOCK, fileEnd - at), fileEnd);
            for (int i = block.limit() - 1; i >= 0; i--) {
                if (block.get(i) != 0) {
                    garbage = at + i + 1;
                    break;
                }
            }
        }
        return garbage;
    }

    /** Refuses an invalid frame unless a crash can have caused it. */
    private static void requireTorn(SegmentReader segment, long torn, long garbage, long fileEnd) throws IOException {
        FrameHeader frame = new FrameHeader();
        boolean hole = false;
        for (long at = torn + 1; at < garbage; ) {
            if (segment.read(frame, at, fileEnd) == null) {
                at++;
                continue;
            }
            hole = hole || hasHole(segment, torn, at, fileEnd);
            if (!hole || at - frame.unforced > torn) {
                throw segment.damaged(torn, "the frame there is invalid, but valid frames follow it");
            }
            at += FrameHeader.SIZE + frame.length;
        }
    }

    /** Returns whether a range contains a sector, or the part of one at its ends, that consists of zeros. */
    private static boolean hasHole(SegmentReader segment, long from, long to, long fileEnd) throws IOException {
        for (long at = from; at < to; ) {
            int length = (int) Math.min(SECTOR - segment.offset(at) % SECTOR, to - at);
            ByteBuffer part = segment.bytes(at, length, fileEnd);
            int zeros = 0;
            while (zeros < length && part.get(zeros) == 0) {
                zeros++;
            }
            if (zeros == length) {
                return true;
            }
            at += length;
        }
        return false;
    }
}
