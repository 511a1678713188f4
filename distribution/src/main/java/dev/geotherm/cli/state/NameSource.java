package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A source of a record's display name: one member, or several joined members.
 *
 * @param places members, or paths of nested members such as {@code metadata.name}
 * @param withKind whether the kind of the record precedes its name
 */
record NameSource(List<String> places, boolean withKind) {
    private static final List<String> KINDS = List.of("kind", "type");
    private static final int LONGEST = 60;

    /** Returns the source for a key such as {@code metadata.namespace + metadata.name}. */
    static NameSource ofKey(String key) {
        return new NameSource(List.of(key.split(" \\+ ", -1)), true);
    }

    /** Returns the source for a member that is not a key; the name has no kind. */
    static NameSource ofMember(String member) {
        return new NameSource(List.of(member), false);
    }

    /** Returns the name of a record, or null if this source provides none. */
    @Nullable
    String of(ObjectNode element) {
        StringJoiner name = new StringJoiner(" ");
        if (withKind) {
            for (String kind : KINDS) {
                JsonNode value = element.get(kind);
                if (value != null
                        && value.isTextual()
                        && !places.contains(kind)
                        && !"Feature".equals(value.textValue())) {
                    name.add(value.textValue());
                    break;
                }
            }
        }
        for (String place : places) {
            String text = text(in(element, place));
            if (text == null) {
                return null;
            }
            name.add(text);
        }
        return name.toString();
    }

    /**
     * Returns the value at a place. A member's name can itself contain dots, so the whole place is tried as a name first.
     */
    private static @Nullable JsonNode in(ObjectNode element, String place) {
        JsonNode value = element.get(place);
        for (int dot = place.indexOf('.'); value == null && dot >= 0; dot = place.indexOf('.', dot + 1)) {
            value = element.get(place.substring(0, dot)) instanceof ObjectNode inner
                    ? inner.get(place.substring(dot + 1))
                    : null;
        }
        return value;
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        if (value == null || value.isContainerNode() || value.isNull() || value.isBoolean()) {
            return null;
        }
        String text = value.asText();
        return text.isBlank() || text.length() > LONGEST ? null : text;
    }
}
