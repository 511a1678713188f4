package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.geotherm.delta.Pointer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check that the rules of {@code identityKeys} have an effect on a comparison: without it, a mistyped rule shows only
 * as more changes than necessary.
 *
 * <p>Visits both states.
 */
public final class KeyCheck {
    private final IdentityKeys rule;
    private final String member;
    private int arrays;
    private int served;
    private @Nullable Pointer misfit;
    private @Nullable Pointer ignored;

    private KeyCheck(String rule) {
        this.rule = new IdentityKeys(List.of(rule));
        this.member = rule.substring(rule.lastIndexOf('=') + 1);
    }

    /**
     * Returns a message for each rule without a matching array in either state, or with a member that identifies the
     * elements of no matching array in one of them.
     *
     * @param rules the rules, each {@code pattern=member}, as in the settings
     * @param paths the ignored paths; an ignored member identifies nothing
     */
    public static List<String> problems(List<String> rules, IgnoredPaths paths, JsonNode before, JsonNode after) {
        List<String> problems = new ArrayList<>();
        for (String text : rules) {
            KeyCheck a = new KeyCheck(text);
            KeyCheck b = new KeyCheck(text);
            a.walk(before, paths.root());
            b.walk(after, paths.root());
            Pointer misfit = a.served == 0 && a.misfit != null ? a.misfit : b.served == 0 ? b.misfit : null;
            Pointer ignored = a.ignored == null ? b.ignored : a.ignored;
            if (ignored != null) {
                problems.add(text + ": '" + a.member + "' is ignored in '" + ignored.brief()
                        + "', so it cannot identify the elements");
            } else if (a.arrays + b.arrays == 0) {
                problems.add(text + ": there is no array at this path");
            } else if (misfit != null) {
                problems.add(text + ": '" + a.member + "' does not identify the elements of '" + misfit.brief()
                        + "'; it must be a unique scalar in each element, otherwise elements are matched by content");
            }
        }
        return problems;
    }

    private record Open(JsonNode value, Pointer path, PathMatch match) {}

    private void walk(JsonNode state, PathMatch match) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(state, Pointer.ROOT, match));
        while (!open.isEmpty()) {
            Open next = open.pop();
            if (next.value instanceof ArrayNode array) {
                look(array, next.path, next.match);
                for (int i = 0; i < array.size(); i++) {
                    if (array.get(i).isContainerNode()) {
                        open.push(new Open(array.get(i), next.path.child(i), next.match.element(i)));
                    }
                }
            } else {
                for (Map.Entry<String, JsonNode> each : next.value.properties()) {
                    if (each.getValue().isContainerNode()) {
                        open.push(new Open(
                                each.getValue(), next.path.child(each.getKey()), next.match.member(each.getKey())));
                    }
                }
            }
        }
    }

    private void look(ArrayNode array, Pointer path, PathMatch match) {
        if (!rule.hasRuleFor(path)) {
            return;
        }
        arrays++;
        if (ElementKey.of(member).isIgnored(match.element(0))) {
            ignored = path;
        } else if (array.isEmpty()
                || KeyedElements.all(array, array, ElementKey.of(member), new Equality(false), new StructuralHash())
                        != null) {
            served++;
        } else if (misfit == null) {
            misfit = path;
        }
    }
}
