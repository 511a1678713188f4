package dev.geotherm.diff.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** An iterator over the elements of a JSON text that is an array; reads one at a time. */
final class ArrayElements implements Iterator<JsonNode> {
    private final JsonParser json;
    private boolean ended;

    ArrayElements(JsonParser json) throws IOException {
        this.json = json;
        json.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION); // JsonTreeReader detects duplicates itself
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new DeltaException("a JSON Patch must be an array, found "
                    + (json.currentToken() == null ? "nothing" : json.currentToken()));
        }
        json.nextToken();
    }

    @Override
    public boolean hasNext() {
        try {
            if (ended || json.currentToken() != JsonToken.END_ARRAY) {
                return !ended;
            }
            ended = true;
            if (json.nextToken() != null) {
                throw new DeltaException("unexpected text after the delta");
            }
            return false;
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    @Override
    public JsonNode next() {
        if (ended || json.currentToken() == JsonToken.END_ARRAY) {
            throw new NoSuchElementException();
        }
        try {
            JsonNode element = JsonTreeReader.read(json);
            json.nextToken();
            return element;
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
