package dev.geotherm.diff;

import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.delta.StateDelta;

/** Deltas as JSON text; see {@link WireFormat}. */
final class JsonDeltaCodec implements DeltaCodec {

    @Override
    public byte[] encode(StateDelta delta) {
        return DeltaWriting.write(delta);
    }

    @Override
    public StateDelta decode(byte[] bytes) {
        return DeltaReading.read(bytes);
    }
}
