package dev.geotherm.diff.codec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.UpdateCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.json.JsonLimits;
import dev.geotherm.diff.json.JsonSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The codec of updates as JSON objects with the members {@code revision}, {@code at}, {@code fingerprint}, and either
 * {@code base} and {@code delta} or {@code state}. Numbers keep every digit, regardless of the object mappers that
 * either side uses elsewhere.
 */
public final class JsonUpdateCodec implements UpdateCodec {
    private static final String BASE = "base";
    private static final String REVISION = "revision";
    private static final String AT = "at";
    private static final String FINGERPRINT = "fingerprint";
    private static final String DELTA = "delta";
    private static final String STATE = "state";

    /** Creates a codec. */
    public JsonUpdateCodec() {}

    @Override
    public byte[] encode(StateUpdate update) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonLimits.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (update instanceof RevisionDelta delta) {
                json.writeNumberField(BASE, delta.base());
            }
            json.writeNumberField(REVISION, update.revision());
            json.writeStringField(AT, at(update).toString());
            json.writeStringField(FINGERPRINT, update.fingerprint().toString());
            if (update instanceof RevisionDelta delta) {
                json.writeFieldName(DELTA);
                DeltaWriter.write(delta.delta(), json, bytes);
            } else {
                json.writeFieldName(STATE);
                new JsonTreeWriter(json).write(((StateSnapshot) update).toJson());
            }
            json.writeEndObject();
        } catch (IOException beyondLimits) {
            throw new DeltaException("the update cannot be encoded: " + beyondLimits.getMessage(), beyondLimits);
        }
        return bytes.toByteArray();
    }

    static Instant at(StateUpdate update) {
        return update instanceof RevisionDelta delta ? delta.at() : ((StateSnapshot) update).at();
    }

    @Override
    public StateUpdate decode(byte[] bytes) {
        try (JsonParser json = JsonSource.parser(bytes)) {
            return new Reader(json).read();
        } catch (IOException | IllegalArgumentException | ArithmeticException | DateTimeException malformed) {
            throw StateText.unreadable("update", malformed);
        }
    }

    /** A reader of one update, with its members in any order. */
    private static final class Reader {
        private final JsonParser json;
        private @Nullable Long base;
        private @Nullable Long revision;
        private @Nullable Instant at;
        private @Nullable Fingerprint fingerprint;
        private @Nullable StateDelta delta;
        private @Nullable JsonNode state;

        Reader(JsonParser json) {
            this.json = json;
        }

        StateUpdate read() throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new DeltaException("an update is a JSON object, found " + json.currentToken());
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                readMember(name);
            }
            if (json.nextToken() != null) {
                throw new DeltaException("unexpected text after the update");
            }
            return update();
        }

        private void readMember(String name) throws IOException {
            switch (name) {
                case BASE -> base = number(name);
                case REVISION -> revision = number(name);
                case AT -> at = Instant.parse(text(name));
                case FINGERPRINT -> fingerprint = Fingerprint.parse(text(name));
                case DELTA -> delta = DeltaReader.read(json);
                case STATE -> state = JsonTreeReader.read(json);
                default -> throw new DeltaException("an update has no member '" + name + "'");
            }
        }

        private StateUpdate update() {
            boolean whole = state != null && delta == null && base == null;
            boolean step = state == null && delta != null && base != null;
            if (revision == null || at == null || fingerprint == null || whole == step) {
                throw new DeltaException("an update must have " + REVISION + ", " + AT + " and " + FINGERPRINT
                        + ", and either " + BASE + " and " + DELTA + " or " + STATE);
            }
            return whole
                    ? StateSnapshot.of(revision, at, fingerprint, requireNonNull(state))
                    : new RevisionDelta(requireNonNull(base), revision, at, fingerprint, requireNonNull(delta));
        }

        private long number(String name) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new DeltaException("'" + name + "' must be a whole number, found " + json.currentToken());
            }
            return json.getLongValue();
        }

        private String text(String name) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new DeltaException("'" + name + "' must be a text, found " + json.currentToken());
            }
            return json.getText();
        }
    }
}
