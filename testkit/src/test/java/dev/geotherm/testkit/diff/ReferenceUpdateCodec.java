package dev.geotherm.testkit.diff;

import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.delta.DeltaException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A codec whose bytes are look-up keys. */
class ReferenceUpdateCodec implements UpdateCodec {
    private static final Map<String, StateUpdate> ENCODED = new ConcurrentHashMap<>();

    @Override
    public byte[] encode(StateUpdate update) {
        String key = UUID.randomUUID().toString();
        ENCODED.put(key, update);
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public StateUpdate decode(byte[] bytes) {
        StateUpdate update = ENCODED.get(new String(bytes, StandardCharsets.UTF_8));
        if (update == null) {
            throw new DeltaException("these bytes are no update");
        }
        return update;
    }
}
