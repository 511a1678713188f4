package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The display names of the elements of an array. A name is the value of a member that identifies the element among its
 * siblings, or else a shared name with the index.
 */
final class SiblingNames {
    private static final List<String> USUAL =
            List.of("name", "id", "_id", "key", "title", "label", "code", "slug", "uid", "path", "url", "index_key");
    private static final List<String> INNER = List.of("metadata", "properties", "attributes");

    private final JsonNode siblings;
    private final List<NameSource> sources;

    /** The number of siblings with each name, by source and name. */
    private final Map<NameSource, Map<String, Integer>> counts = new HashMap<>();

    /**
     * Creates the names of an array's elements.
     *
     * @param keys the keys to try before the usual members
     */
    SiblingNames(JsonNode siblings, List<String> keys) {
        this.siblings = siblings;
        sources = new ArrayList<>();
        keys.forEach(key -> sources.add(NameSource.ofKey(key)));
        USUAL.forEach(member -> sources.add(NameSource.ofKey(member)));
        INNER.forEach(outer -> USUAL.forEach(member -> sources.add(NameSource.ofKey(outer + "." + member))));
    }

    /** Returns the name of the element at an index, or null if the element has no name. */
    @Nullable
    String at(int index) {
        if (!(siblings.get(index) instanceof ObjectNode element)) {
            return null;
        }
        String shared = null;
        for (NameSource source : sources) {
            String name = source.of(element);
            if (name != null && isUnique(source, name)) {
                return name;
            }
            shared = shared == null ? name : shared;
        }
        String text = siblings.size() == 1 ? null : uniqueText(element);
        return text != null || shared == null ? text : shared + " [" + index + "]";
    }

    private @Nullable String uniqueText(ObjectNode element) {
        for (Map.Entry<String, JsonNode> member : element.properties()) {
            NameSource source = NameSource.ofMember(member.getKey());
            String name = member.getValue().isTextual() ? source.of(element) : null;
            if (name != null && isUnique(source, name)) {
                return name;
            }
        }
        return null;
    }

    private boolean isUnique(NameSource source, String name) {
        return counts.computeIfAbsent(source, this::count).getOrDefault(name, 0) == 1;
    }

    private Map<String, Integer> count(NameSource source) {
        Map<String, Integer> numbers = new HashMap<>();
        for (JsonNode sibling : siblings) {
            String name = sibling instanceof ObjectNode object ? source.of(object) : null;
            if (name != null) {
                numbers.merge(name, 1, Integer::sum);
            }
        }
        return numbers;
    }
}
