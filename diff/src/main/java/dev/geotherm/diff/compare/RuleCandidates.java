package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Pointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The candidate rules of {@code identityKeys} for the largest arrays in which a comparison could not identify the
 * elements: their members identify every element, but did not look like keys.
 */
public final class RuleCandidates {
    private static final int MAX_MEMBERS = 32;
    private static final int MAX_RULES = 2;

    private RuleCandidates() {}

    /** Returns at most {@value #MAX_RULES} rules for each array, the one with most elements in common first. */
    public static List<String> of(JsonNode before, JsonNode after, CompareRules rules) {
        List<String> candidates = new ArrayList<>();
        for (UnidentifiedArrays.Pair array : TreeComparison.unidentified(before, after, rules)) {
            candidates.addAll(of(array, rules));
        }
        return candidates;
    }

    /** Returns the pattern for a path, with a wildcard in place of each array index. */
    private static String pattern(Pointer path) {
        Pointer parent = path.parent();
        if (parent == null) {
            return "";
        }
        return path.index() < 0 ? pattern(parent) + Pointer.of(path.token()) : pattern(parent) + "/*";
    }

    private record Candidate(String rule, int common) {}

    private static List<String> of(UnidentifiedArrays.Pair array, CompareRules rules) {
        Equality equality = new Equality(rules.byValue());
        StructuralHash hash = new StructuralHash();
        KeyCandidates candidates = new KeyCandidates(array.before(), array.after(), array.element(), equality);
        String path = pattern(array.path());
        List<Candidate> found = new ArrayList<>();
        int tried = 0;
        for (ElementKey candidate : candidates.list()) {
            String rule = path + "=" + candidate.member();
            boolean isRule = candidate.inner() == null && candidate.member().indexOf('=') < 0 && rule.indexOf(',') < 0;
            if (isRule && candidates.identifies(RecordKey.of(candidate)) && tried++ < MAX_MEMBERS) {
                KeyedElements keyed =
                        KeyedElements.of(array.before(), array.after(), RecordKey.of(candidate), 0, 1, equality, hash);
                if (keyed != null) {
                    found.add(new Candidate(rule, keyed.common()));
                }
            }
        }
        found.sort(Comparator.comparingInt(Candidate::common).reversed());
        return found.stream().limit(MAX_RULES).map(Candidate::rule).toList();
    }
}
