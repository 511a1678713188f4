package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The codec of binary updates: a frame around a binary delta. A snapshot is a delta that adds the whole state.
 *
 * <p>The frame: {@code G T U}, the version, the CRC-32C of what follows, the base revision (-1 for a snapshot), the
 * revision, the seconds and nanoseconds of the commit, the fingerprint, and the delta in its own frame; all numbers in
 * network byte order.
 */
public final class BinaryUpdateCodec implements UpdateCodec {
    private static final byte[] MAGIC = {'G', 'T', 'U', 1};
    private static final int CHECKED_FROM = MAGIC.length + Integer.BYTES;
    private static final int HEADER = CHECKED_FROM + 5 * Long.BYTES + Integer.BYTES;
    private static final long SNAPSHOT = -1;

    private final DeltaCodec deltas;

    /** Creates a codec on top of one that encodes deltas for readers without the earlier state. */
    public BinaryUpdateCodec(DeltaCodec deltas) {
        this.deltas = deltas;
    }

    @Override
    public byte[] encode(StateUpdate update) {
        boolean step = update instanceof RevisionDelta;
        StateDelta delta = step
                ? ((RevisionDelta) update).delta()
                : new StateDelta(List.of(Change.added(Pointer.ROOT, ((StateSnapshot) update).toJson())));
        byte[] body = deltas.encode(delta);
        Instant at = JsonUpdateCodec.at(update);
        ByteBuffer frame = ByteBuffer.allocate(HEADER + body.length)
                .put(MAGIC)
                .putInt(0)
                .putLong(step ? ((RevisionDelta) update).base() : SNAPSHOT)
                .putLong(update.revision())
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .putLong(update.fingerprint().high())
                .putLong(update.fingerprint().low())
                .put(body);
        return frame.putInt(MAGIC.length, checksum(frame.array())).array();
    }

    private static int checksum(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame, CHECKED_FROM, frame.length - CHECKED_FROM);
        return (int) crc.getValue();
    }

    @Override
    public StateUpdate decode(byte[] bytes) {
        if (bytes.length < HEADER || !Arrays.equals(bytes, 0, 3, MAGIC, 0, 3)) {
            throw new DeltaException("these " + bytes.length + " bytes are not a binary update");
        } else if (bytes[3] != MAGIC[3]) {
            throw new DeltaException(
                    "this is a binary update of version " + bytes[3] + ", only version " + MAGIC[3] + " is read here");
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
        if (frame.getInt() != checksum(bytes)) {
            throw new DeltaException("the update's bytes are damaged: the checksum differs");
        }
        long base = frame.getLong();
        long revision = frame.getLong();
        try {
            Instant at = Instant.ofEpochSecond(frame.getLong(), frame.getInt());
            Fingerprint fingerprint = new Fingerprint(frame.getLong(), frame.getLong());
            StateDelta delta = deltas.decode(Arrays.copyOfRange(bytes, HEADER, bytes.length));
            return base == SNAPSHOT
                    ? StateSnapshot.of(revision, at, fingerprint, state(delta))
                    : new RevisionDelta(base, revision, at, fingerprint, delta);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException malformed) {
            throw new DeltaException("the update cannot be read: " + malformed.getMessage(), malformed);
        }
    }

    private static JsonNode state(StateDelta delta) {
        JsonNode state = delta.changes().size() == 1 ? delta.changes().get(0).after() : null;
        if (state == null || !delta.changes().get(0).path().isRoot()) {
            throw new DeltaException("the snapshot has no state");
        }
        return state;
    }
}
