package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.diff.codec.DeltaFormat;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The tree differ.
 *
 * @param settings the settings that differ from the defaults, as in a profile
 * @param shared whether the later state shares all equal parts with the earlier state
 */
record Geotherm(String name, Map<String, String> settings, boolean shared) implements Contender {

    TreeDiffer open() {
        return open(settings);
    }

    private TreeDiffer open(Map<String, String> set) {
        return new TreeDiffer(Settings.of(TreeDifferSettings.class, set), ComponentContext.standalone(name));
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // lives as long as the measurement
    public Supplier<Object> comparing(StatePair pair) {
        TreeDiffer differ = open();
        JsonNode after = shared ? share(pair.before(), pair.after()) : pair.after();
        return () -> differ.diff(pair.before(), after);
    }

    @Override
    public byte[] patch(StatePair pair, Object outcome) {
        return StatePair.text(((StateDelta) outcome).toJsonPatch(pair.before()));
    }

    /** Encodes for a receiver that has the state before: uncompressed, to compare compressors, and as sent. */
    @Override
    public Map<String, byte[]> encoded(StatePair pair, Object outcome) {
        StateDelta delta = (StateDelta) outcome;
        try (TreeDiffer plain = open(Map.of("compression", "false"))) {
            return Map.of(
                    "binary", plain.codec().against(pair.before()).encode(delta),
                    "binary-sent",
                            DeltaFormat.BINARY.codec().against(pair.before()).encode(delta));
        }
    }

    @Override
    public Supplier<Object> applying(StatePair pair, Object outcome) {
        return () -> ((StateDelta) outcome).applyTo(pair.before());
    }

    @Override
    public int changes(Object outcome) {
        return ((StateDelta) outcome).changes().size();
    }

    /** Returns {@code after}, with each equal part at the same path taken from {@code before}. */
    static JsonNode share(JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return before;
        } else if (before.isObject() && after.isObject()) {
            ObjectNode made = JsonNodeFactory.instance.objectNode();
            after.properties().forEach(member -> {
                JsonNode old = before.get(member.getKey());
                made.set(member.getKey(), old == null ? member.getValue() : share(old, member.getValue()));
            });
            return made;
        } else if (before.isArray() && after.isArray()) {
            ArrayNode made = JsonNodeFactory.instance.arrayNode(after.size());
            for (int i = 0; i < after.size(); i++) {
                made.add(i < before.size() ? share(before.get(i), after.get(i)) : after.get(i));
            }
            return made;
        }
        return after;
    }
}
