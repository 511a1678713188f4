package dev.geotherm.engine.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TextLines;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a JSON Lines file of objects with the members {@code _id} (or {@code id}), {@code title} and {@code
 * text}.
 */
final class JsonLines implements AutoCloseable {
    private static final ObjectReader OBJECTS = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final TextLines lines;
    private JsonNode object = MissingNode.getInstance();

    JsonLines(Path file) {
        lines = TextLines.open(file);
    }

    static boolean isName(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
    }

    /** Moves to the next object, over blank lines; returns false after the last one. */
    boolean advance() {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                object = parse(line);
                return true;
            }
        }
        return false;
    }

    private JsonNode parse(String line) {
        JsonNode parsed;
        try {
            parsed = OBJECTS.readTree(line);
        } catch (JsonProcessingException illFormed) {
            String column = illFormed.getLocation() == null
                    ? ""
                    : ", column " + illFormed.getLocation().getColumnNr();
            throw lines.failure("is not one whole JSON object: " + illFormed.getOriginalMessage() + column);
        }
        if (!parsed.isObject()) {
            throw lines.failure("a JSON object with id and text was expected");
        }
        return parsed;
    }

    String id() {
        String member = object.has("_id") ? "_id" : "id";
        JsonNode value = object.path(member);
        String id = value.isIntegralNumber() ? value.asText() : text(member, value);
        if (id.isBlank()) {
            throw lines.failure("member '" + member + "' is blank; every line needs its own id");
        }
        return id;
    }

    String title() {
        JsonNode value = object.path("title");
        return value.isMissingNode() || value.isNull() ? "" : text("title", value);
    }

    String text() {
        return text("text", object.path("text"));
    }

    private String text(String member, JsonNode value) {
        if (!value.isTextual()) {
            throw lines.failure("member '" + member + "' "
                    + (value.isMissingNode()
                            ? "is missing"
                            : "is " + value.getNodeType().name().toLowerCase(Locale.ROOT))
                    + "; a string was expected");
        }
        String text = value.textValue();
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw lines.failure("member '" + member + "' contains an unpaired surrogate");
        }
        return text;
    }

    String where() {
        return lines.where();
    }

    int number() {
        return lines.number();
    }

    GeothermException failure(String message) {
        return lines.failure(message);
    }

    @Override
    public void close() {
        lines.close();
    }

    /** Begins a pass through a file of documents. */
    static DocumentReader documents(Path file) {
        JsonLines objects = new JsonLines(file);
        return new DocumentReader() {
            @Override
            public @Nullable Document next() {
                return objects.advance()
                        ? new Document(objects.id(), objects.title(), objects.text(), objects.where())
                        : null;
            }

            @Override
            public void close() {
                objects.close();
            }
        };
    }
}
