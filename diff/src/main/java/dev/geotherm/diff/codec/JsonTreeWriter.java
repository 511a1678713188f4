package dev.geotherm.diff.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.NegativeZero;
import dev.geotherm.diff.json.JsonDigits;
import dev.geotherm.diff.json.UnpairedSurrogate;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/** A writer of JSON values that {@link JsonTreeReader} reads without loss; does not recurse. */
final class JsonTreeWriter {
    private final JsonGenerator json;

    /** The remaining content of the open containers. */
    private final Deque<Iterator<?>> open = new ArrayDeque<>();

    JsonTreeWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(JsonNode value) throws IOException {
        begin(value);
        while (!open.isEmpty()) {
            Iterator<?> rest = open.peek();
            if (!rest.hasNext()) {
                open.pop();
                if (json.getOutputContext().inObject()) {
                    json.writeEndObject();
                } else {
                    json.writeEndArray();
                }
            } else {
                writeNext(rest.next());
            }
        }
    }

    private void writeNext(Object next) throws IOException {
        if (next instanceof Map.Entry<?, ?> member) {
            writeName((String) member.getKey());
            begin((JsonNode) member.getValue());
        } else {
            begin((JsonNode) next);
        }
    }

    private void begin(JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                json.writeStartObject();
                open.push(value.properties().iterator());
            }
            case ARRAY -> {
                json.writeStartArray();
                open.push(value.iterator());
            }
            case STRING -> writeText(value.textValue());
            case NUMBER -> writeNumber(value);
            case BOOLEAN -> json.writeBoolean(value.booleanValue());
            case NULL -> json.writeNull();
            default ->
                throw new DeltaException("JSON has no " + value.getNodeType() + ", so such a value cannot be encoded");
        }
    }

    private void writeName(String name) throws IOException {
        if (UnpairedSurrogate.isIn(name)) {
            throw new DeltaException("a member name with an unpaired surrogate cannot be encoded, because JSON parsers"
                    + " refuse it; a path can contain it");
        }
        json.writeFieldName(name);
    }

    /** UTF-8 cannot encode unpaired surrogates; a text with one is written with escapes. */
    void writeText(String text) throws IOException {
        json.setHighestNonEscapedChar(UnpairedSurrogate.isIn(text) ? 127 : 0);
        json.writeString(text);
        json.setHighestNonEscapedChar(0);
    }

    private void writeNumber(JsonNode number) throws IOException {
        if (number.isInt() || number.isLong()) {
            json.writeNumber(number.longValue());
        } else if (number.isIntegralNumber() || number.isBigDecimal()) {
            json.writeNumber(JsonDigits.of(number));
        } else if (number instanceof NegativeZero) {
            json.writeNumber(number.asText());
        } else {
            double value = JsonDigits.binary(number);
            if (!Double.isFinite(value)) {
                throw new DeltaException("JSON has no number " + value + ", so it cannot be encoded");
            }
            json.writeNumber(JsonDigits.of(value));
        }
    }
}
