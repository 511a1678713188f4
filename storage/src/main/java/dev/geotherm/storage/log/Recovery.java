package dev.geotherm.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Finds where the last segment ends after a crash.
 *
 * <p>A crash leaves a last frame that is cut short or incomplete, and, if the power failed, holes in what was not forced:
 * sectors of zeros, behind which later frames may be whole. All of that is cut off. Anything else is damage, and refused:
 * a frame that is not valid although a later one says that it was on disk by then, or although it has no such hole.
 *
 * @param end the position after the last frame
 * @param cutBytes how many bytes behind it are cut off; zeros at the end of the file do not count
 * @param marked whether the last frame is a mark
 */
record Recovery(long end, long cutBytes, boolean marked) {
    private static final int SECTOR = 512;
    private static final int BLOCK = 1 << 12;

    /**
     * Reads the last segment of a log.
     *
     * @throws DamagedLogException if it is damaged, or says that it has a successor
     */
    static Recovery of(SegmentReader segment, LogFolder folder) throws IOException {
        FrameHead head = new FrameHead();
        long fileEnd = segment.fileEnd();
        long end = segment.base();
        boolean marked = false;
        while (segment.frame(head, end, fileEnd) != null) {
            if (head.kind == FrameHead.SEAL) {
                Path missing = folder.segment(end);
                throw new DamagedLogException(
                        missing, 0, "it is missing, and its predecessor says that it was written");
            }
            end += FrameHead.SIZE + head.length;
            marked = head.kind == FrameHead.MARK;
        }
        long garbage = garbageEnd(segment, end, fileEnd);
        if (garbage > end) {
            requireTorn(segment, end, garbage, fileEnd);
        }
        return new Recovery(end, garbage - end, marked);
    }

    /** Returns the position after the last byte that is not zero. */
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

    /** Refuses a frame that is not valid and was on disk, as far as those behind it tell. */
    private static void requireTorn(SegmentReader segment, long torn, long garbage, long fileEnd) throws IOException {
        FrameHead head = new FrameHead();
        boolean hole = false;
        for (long at = torn + 1; at < garbage; ) {
            if (segment.frame(head, at, fileEnd) == null) {
                at++;
                continue;
            }
            hole = hole || hasHole(segment, torn, at, fileEnd);
            if (!hole || at - head.unforced > torn) {
                throw segment.damaged(torn, "the frame there is not valid, and valid ones follow it");
            }
            at += FrameHead.SIZE + head.length;
        }
    }

    /** Tells whether a sector that the range covers, even a part of one, was never written there. */
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
