package dev.geotherm.diff.codec;

import dev.geotherm.diff.json.JsonLimits;

import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.delta.StateDelta;

/** Deltas as JSON text; see {@link JsonLimits}. */
final class JsonDeltaCodec implements DeltaCodec {

    @Override
    public byte[] encode(StateDelta delta) {
        return DeltaWriter.write(delta);
    }

    @Override
    public StateDelta decode(byte[] bytes) {
        return DeltaReader.read(bytes);
    }
}
