package dev.geotherm.storage.log;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forcing a segment that another thread closes. */
class SegmentTest {
    @TempDir(factory = MemoryFolder.class)
    Path scratch;

    private Segment segment() throws IOException {
        LogFolder folder = new LogFolder(scratch);
        SegmentHeader header = new SegmentHeader(Logs.HEADER, 7, 0);
        folder.create(header);
        Segment segment = new Segment(new DiskFile(folder.segment(0)), header, new Recovery(0, 0, false), Logs.SMALL);
        segment.append(Logs.payload("one"), 0);
        return segment;
    }

    @Test
    void force_ofASegmentThatWasClosedWithoutAForceFails() throws IOException {
        Segment segment = segment();
        segment.close();
        assertThatIOException().isThrownBy(segment::force).withMessage("the log was closed before");
    }

    @Test
    void force_ofASegmentThatWasForcedAndClosedSucceeds() throws IOException {
        Segment segment = segment();
        segment.force();
        segment.mark();
        segment.close();
        segment.force();
    }
}
