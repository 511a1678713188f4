package dev.geotherm.diff.codec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.json.JsonSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The codec of {@link DeltaFormat#JSON_PATCH}. To decode, or to encode a splice, it needs the state to which the delta
 * applies.
 */
final class JsonPatchCodec implements DeltaCodec {
    private final @Nullable JsonNode before;

    JsonPatchCodec() {
        this(null);
    }

    private JsonPatchCodec(@Nullable JsonNode before) {
        this.before = before;
    }

    @Override
    public byte[] encode(StateDelta delta) {
        return StateText.write(before == null ? delta.toJsonPatch() : delta.toJsonPatch(before));
    }

    @Override
    public StateDelta decode(byte[] bytes) {
        JsonNode patch = StateText.read(bytes);
        if (before == null) {
            throw new DeltaException("decoding a JSON Patch needs the state that it is for; pass that state");
        }
        return StateDelta.ofJsonPatch(patch, before);
    }

    @Override
    public JsonNode apply(byte[] bytes, JsonNode state) {
        try (JsonParser json = JsonSource.parser(bytes)) {
            return StateDelta.applyJsonPatch(new ArrayElements(json), bytes.length, state);
        } catch (UncheckedIOException malformed) {
            throw StateText.unreadable("delta", requireNonNull(malformed.getCause()));
        } catch (IOException | ArithmeticException | IllegalArgumentException malformed) {
            throw StateText.unreadable("delta", malformed);
        }
    }

    @Override
    public DeltaCodec against(JsonNode other) {
        return new JsonPatchCodec(other);
    }
}
