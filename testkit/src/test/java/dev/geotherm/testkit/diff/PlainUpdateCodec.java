package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.delta.Fingerprint;
import java.time.Instant;

/** A codec that writes the components of an update as JSON, in every format. */
final class PlainUpdateCodec implements UpdateCodec {
    private static final String UPDATE = "update";

    @Override
    public byte[] encode(StateUpdate update) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("revision", update.revision())
                .put("fingerprint", update.fingerprint().toString());
        if (update instanceof RevisionDelta delta) {
            json.put("at", delta.at().toString()).put("base", delta.base());
            json.set("delta", PlainDeltaCodec.toJson(delta.delta()));
        } else {
            StateSnapshot snapshot = (StateSnapshot) update;
            json.put("at", snapshot.at().toString());
            json.set("state", PlainJson.written(snapshot.toJson()));
        }
        return PlainJson.toBytes(JsonNodeFactory.instance.objectNode().set(UPDATE, json));
    }

    @Override
    public StateUpdate decode(byte[] bytes) {
        return PlainJson.read(bytes, UPDATE, PlainUpdateCodec::update);
    }

    private static StateUpdate update(JsonNode json) {
        long revision = json.required("revision").longValue();
        Instant at = Instant.parse(json.required("at").textValue());
        Fingerprint fingerprint = Fingerprint.parse(json.required("fingerprint").textValue());
        return json.has("state")
                ? StateSnapshot.of(revision, at, fingerprint, PlainJson.exact(json.get("state")))
                : new RevisionDelta(
                        json.required("base").longValue(),
                        revision,
                        at,
                        fingerprint,
                        PlainDeltaCodec.fromJson(json.required("delta")));
    }
}
