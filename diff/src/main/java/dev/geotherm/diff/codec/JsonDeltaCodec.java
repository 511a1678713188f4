package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.StateDelta;

/** The codec of {@link DeltaFormat#DELTA}; see {@link DeltaMembers}. */
final class JsonDeltaCodec implements DeltaCodec {

    @Override
    public byte[] encode(StateDelta delta) {
        return DeltaWriter.write(delta);
    }

    @Override
    public JsonNode apply(byte[] bytes, JsonNode before) {
        return DeltaReader.apply(bytes, before);
    }

    @Override
    public StateDelta decode(byte[] bytes) {
        return DeltaReader.read(bytes);
    }
}
