package dev.geotherm.engine.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.geotherm.delta.json.JsonProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that represents a document, with id, title and text under the member names of public collections. All other
 * members are skipped.
 *
 * <p>Not thread-safe. Invalid input throws an {@link IllegalArgumentException} with a message for users.
 */
final class JsonDocument {
    private static final List<String> IDS = List.of("_id", "id", "docid");
    private static final List<String> TEXTS = List.of("text", "contents");
    private static final String TITLE = "title";

    /** Objects separated only by a carriage return. */
    private static final Pattern RETURNS = Pattern.compile("\\}\\s*\\r\\s*\\{");

    private static final int DEEPEST = 1_000_000;

    /** The length of a line is already bounded, so only the depth needs a limit: each level takes memory. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Map<String, Value> members = new HashMap<>();

    private JsonDocument() {}

    /** The value of a member, with its text if it is a string or an integer. */
    private record Value(JsonToken token, @Nullable String text) {
        String type() {
            return switch (token) {
                case START_OBJECT -> "object";
                case START_ARRAY -> "array";
                case VALUE_TRUE, VALUE_FALSE -> "boolean";
                case VALUE_NULL -> "null";
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
                default -> "string";
            };
        }
    }

    static JsonDocument parse(String line) {
        JsonDocument document = new JsonDocument();
        try (JsonParser parser = FACTORY.createParser(line)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a JSON object with id and text was expected"
                        + (first == JsonToken.START_ARRAY
                                ? ", not an array; write one object per line, for example with: jq -c '.[]'"
                                : ""));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                document.read(parser);
            }
            if (parser.nextToken() != null) {
                throw illFormed(moreFollows(line), parser);
            }
            return document;
        } catch (StreamConstraintsException tooDeep) {
            throw new IllegalArgumentException("nests arrays or objects more than " + DEEPEST + " deep", tooDeep);
        } catch (JsonProcessingException invalid) {
            throw new IllegalArgumentException(
                    illFormed(
                            isSeparatedByReturns(line)
                                    ? moreFollows(line)
                                    : line.strip().equals("{")
                                            ? "it continues in the next line; write one object per line, for example with: jq -c ."
                                            : JsonProblem.of(invalid),
                            invalid.getLocation()),
                    invalid);
        } catch (IOException impossible) { // reading from a string cannot fail
            throw new UncheckedIOException(impossible);
        }
    }

    private void read(JsonParser parser) throws IOException {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (IDS.contains(name) || TEXTS.contains(name) || name.equals(TITLE)) {
            boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
            if (members.put(name, new Value(token, isText ? parser.getText() : null)) != null) {
                throw illFormed("member '" + name + "' occurs twice", parser);
            }
        }
        parser.skipChildren();
    }

    private static String moreFollows(String line) {
        return isSeparatedByReturns(line)
                ? "its lines end with carriage returns only; convert the file, for example with: tr '\\r' '\\n'"
                : "more follows the object; one object per line was expected";
    }

    private static boolean isSeparatedByReturns(String line) {
        return RETURNS.matcher(line).find();
    }

    private static IllegalArgumentException illFormed(String reason, JsonParser parser) {
        return new IllegalArgumentException(illFormed(reason, parser.currentLocation()));
    }

    private static String illFormed(String reason, @Nullable JsonLocation place) {
        String column = place == null ? "" : " (column " + place.getColumnNr() + ")";
        return "is not one whole JSON object" + column + ": " + reason;
    }

    /** Returns the document; {@code source} is the place where it was read. */
    Document toDocument(String source) {
        return new Document(id(), title(), string(member(TEXTS, "text", "text")), source);
    }

    private String id() {
        String name = member(IDS, "id", "_id");
        Value value = members.get(name);
        String id = value != null && value.token() == JsonToken.VALUE_NUMBER_INT && value.text() != null
                ? value.text()
                : string(name);
        if (id.isBlank()) {
            throw new IllegalArgumentException("member '" + name + "' is blank; every line needs its own id");
        }
        return id;
    }

    private String title() {
        Value value = members.get(TITLE);
        return value == null || value.token() == JsonToken.VALUE_NULL ? "" : string(TITLE);
    }

    /** Returns the first of the names that is a member of the object. */
    private String member(List<String> names, String usual, String target) {
        for (String name : names) {
            if (members.containsKey(name)) {
                return name;
            }
        }
        throw new IllegalArgumentException("member '" + usual + "' is missing; expected was one of "
                + String.join(", ", names) + ". Rename yours, for example with: jq -c '." + target + " = .NAME'");
    }

    private String string(String name) {
        Value value = members.get(name);
        String text = value == null ? null : value.text();
        if (value == null || text == null || value.token() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("member '" + name + "' is " + (value == null ? "missing" : value.type())
                    + "; a string was expected");
        }
        if (hasUnpairedSurrogate(text)) {
            throw new IllegalArgumentException("member '" + name + "' contains an unpaired surrogate");
        }
        return text;
    }

    private static boolean hasUnpairedSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
