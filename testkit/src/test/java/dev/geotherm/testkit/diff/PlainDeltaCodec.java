package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A codec that writes the components of each change as JSON, whatever the state. */
final class PlainDeltaCodec implements DeltaCodec {
    private static final String DELTA = "delta";

    private final AtomicLong encoded = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public byte[] encode(StateDelta delta) {
        byte[] written = toBytes(delta);
        encoded.incrementAndGet();
        bytes.addAndGet(written.length);
        return written;
    }

    static byte[] toBytes(StateDelta delta) {
        return PlainJson.toBytes(JsonNodeFactory.instance.objectNode().set(DELTA, toJson(delta)));
    }

    static JsonNode toJson(StateDelta delta) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        delta.changes().forEach(change -> changes.add(toJson(change)));
        return changes;
    }

    private static JsonNode toJson(Change change) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", change.kind().name())
                .put("path", change.path().toString())
                .put("magnitude", Double.toString(change.magnitude()));
        if (change.from() != null) {
            json.put("from", change.from().toString());
        }
        if (change.before() != null) {
            json.set("before", PlainJson.written(change.before()));
        }
        if (change.after() != null) {
            json.set("after", PlainJson.written(change.after()));
        }
        if (change.splice() != null) {
            json.put("start", change.splice().start())
                    .put("length", change.splice().length())
                    .put("text", change.splice().text());
        }
        return json;
    }

    @Override
    public StateDelta decode(byte[] from) {
        return PlainJson.read(from, DELTA, PlainDeltaCodec::fromJson);
    }

    static StateDelta fromJson(JsonNode delta) {
        if (!delta.isArray()) {
            throw new IllegalArgumentException("a delta is an array");
        }
        List<Change> changes = new ArrayList<>();
        delta.forEach(change -> changes.add(change(change)));
        return new StateDelta(changes);
    }

    private static Change change(JsonNode json) {
        return new Change(
                ChangeKind.valueOf(json.required("kind").textValue()),
                Pointer.parse(json.required("path").textValue()),
                json.has("from") ? Pointer.parse(json.get("from").textValue()) : null,
                value(json.get("before")),
                value(json.get("after")),
                json.has("start")
                        ? new TextSplice(
                                json.get("start").intValue(),
                                json.required("length").intValue(),
                                json.required("text").textValue())
                        : null,
                Double.parseDouble(json.required("magnitude").textValue()));
    }

    private static @Nullable JsonNode value(@Nullable JsonNode written) {
        return written == null ? null : PlainJson.exact(written);
    }

    long encoded() {
        return encoded.get();
    }

    long bytes() {
        return bytes.get();
    }
}
