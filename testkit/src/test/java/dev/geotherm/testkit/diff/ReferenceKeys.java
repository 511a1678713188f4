package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Pointer;
import java.util.HashSet;
import java.util.Set;

/** The members that identify array elements, according to the settings. */
final class ReferenceKeys {
    private ReferenceKeys() {}

    static String of(DifferLimits limits, Pointer array) {
        for (String rule : limits.shape().identityKeys()) {
            int split = rule.lastIndexOf('=');
            if (ReferenceHash.matches(rule.substring(0, split), array)) {
                return rule.substring(split + 1);
            }
        }
        return null;
    }

    static boolean tellApart(JsonNode array, String key) {
        Set<Object> seen = new HashSet<>();
        for (JsonNode element : array) {
            JsonNode value = element.get(key);
            if (value == null || value.isContainerNode() || !seen.add(value)) {
                return false;
            }
        }
        return true;
    }
}
