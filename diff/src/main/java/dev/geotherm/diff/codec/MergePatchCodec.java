package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.StateDelta;
import org.jspecify.annotations.Nullable;

/** The codec of {@link DeltaFormat#MERGE_PATCH}, which needs the state to which the delta applies. */
final class MergePatchCodec implements DeltaCodec {
    private final @Nullable JsonNode before;

    MergePatchCodec() {
        this(null);
    }

    private MergePatchCodec(@Nullable JsonNode before) {
        this.before = before;
    }

    @Override
    public byte[] encode(StateDelta delta) {
        return StateText.write(delta.toMergePatch(state()));
    }

    @Override
    public StateDelta decode(byte[] bytes) {
        return StateDelta.ofMergePatch(StateText.read(bytes), state());
    }

    private JsonNode state() {
        if (before == null) {
            throw new DeltaException("a merge patch needs the state that it is for; pass that state");
        }
        return before;
    }

    @Override
    public DeltaCodec against(JsonNode other) {
        return new MergePatchCodec(other);
    }
}
