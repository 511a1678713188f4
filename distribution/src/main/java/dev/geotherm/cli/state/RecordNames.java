package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Pointer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The display names of the array elements that contain a change. */
final class RecordNames {
    private final JsonNode after;
    private final Map<Pointer, String> matched;
    private final List<String> keys;
    private final IdentityHashMap<JsonNode, SiblingNames> arrays = new IdentityHashMap<>();

    /**
     * Creates the names of a list of changes.
     *
     * @param after the later document
     * @param matched the key that the differ found for each array with elements matched by a key
     * @param keys the members that the user chose as keys
     */
    RecordNames(JsonNode after, Map<Pointer, String> matched, List<String> keys) {
        this.after = after;
        this.matched = matched;
        this.keys = keys;
    }

    /** Returns the names of the array elements around a change, outermost first, or null if none has a name. */
    @Nullable
    String of(ListedChange change) {
        StringJoiner names = new StringJoiner(" / ");
        Pointer path = change.path();
        JsonNode earlier = change.earlierArray();
        JsonNode container = after;
        Pointer place = Pointer.ROOT;
        for (String token : path.tokens()) {
            Pointer child = place.child(token);
            JsonNode siblings = earlier != null && child.depth() == path.depth() ? earlier : container;
            String name = siblings.isArray() ? names(siblings, place).at(child.index()) : null;
            if (name != null) {
                names.add(name);
            }
            container = siblings.isArray() ? siblings.path(child.index()) : siblings.path(token);
            place = child;
        }
        return names.length() == 0 ? null : names.toString();
    }

    private SiblingNames names(JsonNode siblings, Pointer array) {
        return arrays.computeIfAbsent(siblings, any -> {
            List<String> first = new ArrayList<>(keys);
            if (matched.containsKey(array)) {
                first.add(0, matched.get(array));
            }
            return new SiblingNames(siblings, first);
        });
    }
}
