package dev.geotherm.diff.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.delta.WorkingState;
import dev.geotherm.diff.json.JsonLimits;
import dev.geotherm.diff.json.JsonSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The reader of the JSON format of deltas; it refuses everything that {@link DeltaWriter} does not write. */
final class DeltaReader {
    private final JsonParser json;

    private DeltaReader(JsonParser json) {
        this.json = json;
    }

    static StateDelta read(byte[] bytes) {
        try (JsonParser json = JsonSource.parser(bytes)) {
            return new DeltaReader(json).read();
        } catch (IOException | IllegalArgumentException | ArithmeticException malformed) {
            throw StateText.unreadable("delta", malformed);
        }
    }

    /** Returns the state after the changes; each change is applied as soon as it is read. */
    static JsonNode apply(byte[] bytes, JsonNode before) {
        WorkingState state = new WorkingState(before);
        AtomicInteger number = new AtomicInteger();
        try (JsonParser json = JsonSource.parser(bytes)) {
            json.nextToken();
            new DeltaReader(json).readChanges(change -> state.apply(change, number.getAndIncrement()));
            expect(json.nextToken(), null);
        } catch (IOException | IllegalArgumentException | ArithmeticException malformed) {
            throw StateText.unreadable("delta", malformed);
        }
        return state.share();
    }

    private StateDelta read() throws IOException {
        json.nextToken();
        List<Change> changes = new ArrayList<>();
        readChanges(changes::add);
        expect(json.nextToken(), null);
        return new StateDelta(changes);
    }

    /** Reads the changes of the array that begins at the current token, and leaves the parser at its end. */
    static StateDelta read(JsonParser json) throws IOException {
        List<Change> changes = new ArrayList<>();
        new DeltaReader(json).readChanges(changes::add);
        return new StateDelta(changes);
    }

    private void readChanges(Consumer<Change> reader) throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken(), JsonToken.START_OBJECT);
            reader.accept(readChange());
        }
    }

    private Change readChange() throws IOException {
        ChangeKind kind = null;
        Pointer path = null;
        Pointer from = null;
        JsonNode before = null;
        JsonNode after = null;
        TextSplice splice = null;
        double magnitude = 1;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case DeltaMembers.KIND -> kind = kind(text());
                case DeltaMembers.PATH -> path = pointer(text());
                case DeltaMembers.FROM -> from = pointer(text());
                case DeltaMembers.BEFORE -> before = JsonTreeReader.read(json);
                case DeltaMembers.AFTER -> after = JsonTreeReader.read(json);
                case DeltaMembers.SPLICE -> splice = splice();
                case DeltaMembers.MAGNITUDE -> magnitude = magnitude();
                default -> throw new DeltaException("a change has no member named " + brief(name));
            }
        }
        if (kind == null || path == null) {
            throw new DeltaException("a change must have a kind and a path");
        }
        return new Change(kind, path, from, before, after, splice, magnitude);
    }

    /** Reads an array of start, length and text. */
    private TextSplice splice() throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY);
        expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        int start = json.getIntValue();
        expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        int length = json.getIntValue();
        json.nextToken();
        TextSplice splice = new TextSplice(start, length, text());
        expect(json.nextToken(), JsonToken.END_ARRAY);
        return splice;
    }

    private String text() throws IOException {
        expect(json.currentToken(), JsonToken.VALUE_STRING);
        return json.getText();
    }

    private double magnitude() throws IOException {
        if (json.currentToken() == null || !json.currentToken().isNumeric()) {
            throw new DeltaException("a magnitude must be a number, was " + json.currentToken());
        }
        return json.getDoubleValue();
    }

    private static ChangeKind kind(String text) {
        for (ChangeKind kind : ChangeKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return kind;
            }
        }
        throw new DeltaException("unknown kind of change '" + brief(text) + "'");
    }

    private static Pointer pointer(String text) {
        if (text.chars().filter(c -> c == '/').count() > JsonLimits.MAX_LEVELS) {
            throw new DeltaException("a path may have " + JsonLimits.MAX_LEVELS + " steps at most");
        }
        return Pointer.parse(text);
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }

    private static void expect(@Nullable JsonToken found, @Nullable JsonToken expected) {
        if (found != expected) {
            throw new DeltaException("expected " + (expected == null ? "the end" : expected) + ", found "
                    + (found == null ? "the end" : found));
        }
    }
}
