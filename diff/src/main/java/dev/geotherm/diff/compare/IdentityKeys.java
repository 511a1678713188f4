package dev.geotherm.diff.compare;

import dev.geotherm.delta.Pointer;
import java.util.List;

/**
 * The members that identify the elements of arrays, as rules {@code pattern=member}: the pattern matches the path of
 * the array, with {@code *} for one step and {@code **} for any number of steps; the first matching rule applies.
 * Without one, the member is {@code id} or {@code _id}.
 */
public final class IdentityKeys {
    private static final List<ElementKey> USUAL = List.of(ElementKey.of("id"), ElementKey.of("_id"));

    private final List<Rule> rules;

    private record Rule(List<String> pattern, List<ElementKey> keys) {}

    public IdentityKeys(List<String> rules) {
        this.rules = rules.stream().map(IdentityKeys::rule).toList();
    }

    public static boolean isRule(String text) {
        int end = text.lastIndexOf('=');
        String pattern = text.substring(0, Math.max(0, end));
        return end >= 0 && end < text.length() - 1 && (pattern.isEmpty() || IgnoredPaths.isPattern(pattern));
    }

    private static Rule rule(String text) {
        int end = text.lastIndexOf('=');
        return new Rule(
                Pointer.parse(text.substring(0, end)).tokens(), List.of(ElementKey.of(text.substring(end + 1))));
    }

    /** Returns the members to try for the array at a path, in order. */
    List<ElementKey> of(Pointer array) {
        for (Rule rule : rules) {
            if (matches(rule.pattern, array.tokens())) {
                return rule.keys;
            }
        }
        return USUAL;
    }

    /** Returns whether a rule, rather than the default members, applies to the array at a path. */
    boolean hasRuleFor(Pointer array) {
        List<String> path = array.tokens();
        return rules.stream().anyMatch(rule -> matches(rule.pattern, path));
    }

    /** Standard wildcard matching: after a mismatch, the last {@code **} takes one more step. */
    private static boolean matches(List<String> pattern, List<String> path) {
        int p = 0;
        int lastAny = -1;
        int resume = 0;
        for (int i = 0; i < path.size(); i++) {
            while (p < pattern.size() && pattern.get(p).equals("**")) {
                lastAny = p++;
                resume = i;
            }
            if (p < pattern.size()
                    && (pattern.get(p).equals("*") || pattern.get(p).equals(path.get(i)))) {
                p++;
            } else if (lastAny >= 0) {
                i = resume++;
                p = lastAny + 1;
            } else {
                return false;
            }
        }
        while (p < pattern.size() && pattern.get(p).equals("**")) {
            p++;
        }
        return p == pattern.size();
    }
}
