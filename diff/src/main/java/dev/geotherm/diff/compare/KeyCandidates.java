package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The candidates for the key of two arrays' elements: members, and members of members, that contain a short text or a
 * whole number.
 *
 * <p>They are collected from {@value #SOURCES} elements of each array and at most {@value #MAX_VISITS} members. A
 * sample of {@value #SAMPLES} elements of each array then shows whether a candidate identifies most elements.
 */
final class KeyCandidates {
    private static final int SAMPLES = 16;
    private static final int SOURCES = 3;
    private static final int MAX_VISITS = 4_096;
    private static final int LONGEST = 200;

    /** One in this many elements may lack a key or share it with another. */
    static final int TOLERANCE = 8;

    private final ArrayNode a;
    private final ArrayNode b;
    private final Equality costs;
    private final PathMatch element;
    private final Set<ElementKey> candidates = new LinkedHashSet<>();

    KeyCandidates(ArrayNode a, ArrayNode b, PathMatch element, Equality costs) {
        this.a = a;
        this.b = b;
        this.costs = costs;
        this.element = element;
        visit(a);
        visit(b);
    }

    private void visit(ArrayNode array) {
        int visits = 0;
        int sources = Math.min(SOURCES, array.size());
        for (int i = 0; i < sources; i++) {
            // From the middle of each part, because the first elements may be atypical.
            JsonNode source = array.get((int) ((2L * i + 1) * array.size() / (2L * sources)));
            for (Map.Entry<String, JsonNode> member : source.properties()) {
                visits++;
                add(member.getKey(), null, member.getValue());
                for (Map.Entry<String, JsonNode> inner : member.getValue().properties()) {
                    visits++;
                    add(member.getKey(), inner.getKey(), inner.getValue());
                    if (visits >= MAX_VISITS) {
                        break;
                    }
                }
                if (visits >= MAX_VISITS) {
                    break;
                }
            }
        }
        costs.work += visits;
    }

    private void add(String member, @Nullable String inner, JsonNode value) {
        if (isKey(value)) {
            candidates.add(new ElementKey(member, inner));
        }
    }

    private static boolean isKey(@Nullable JsonNode value) {
        if (value == null) {
            return false;
        }
        String text = value.textValue();
        return text == null ? value.isIntegralNumber() : text.length() <= LONGEST;
    }

    /** Returns the candidates, in the order of their first appearance. */
    List<ElementKey> list() {
        List<ElementKey> considered = new ArrayList<>(candidates);
        considered.removeIf(candidate -> candidate.isIgnored(element));
        return considered;
    }

    private static int samples(ArrayNode array) {
        return Math.min(SAMPLES, array.size());
    }

    private static int index(ArrayNode array, int sample) {
        return (int) ((long) sample * array.size() / samples(array));
    }

    /** Returns whether a candidate contains a text in the first sample that has it. */
    boolean isText(ElementKey candidate) {
        for (int i = 0; i < samples(a); i++) {
            JsonNode value = candidate.in(a.get(index(a, i)));
            if (value != null) {
                return value.isTextual();
            }
        }
        return false;
    }

    /** Returns whether most samples of both arrays have the key, and few share it. */
    boolean identifies(RecordKey key) {
        return identifies(a, key) && identifies(b, key);
    }

    private boolean identifies(ArrayNode array, RecordKey key) {
        Set<Object> values = new HashSet<>();
        int samples = samples(array);
        for (int i = 0; i < samples; i++) {
            costs.work++;
            Object value = value(array.get(index(array, i)), key);
            if (value != null) {
                values.add(value);
            }
            if (i + 1 - values.size() > samples / TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object value(JsonNode sample, RecordKey key) {
        JsonNode first = key.first().in(sample);
        if (first == null || !isKey(first)) {
            return null;
        } else if (key.second() == null) {
            return first;
        }
        JsonNode second = key.secondIn(sample);
        return second == null || !isKey(second) ? null : List.of(first, second);
    }

    /** Returns the number of distinct values of a candidate in the samples of the first array. */
    int distinct(ElementKey candidate) {
        Set<Object> values = new HashSet<>();
        for (int i = 0; i < samples(a); i++) {
            costs.work++;
            JsonNode value = candidate.in(a.get(index(a, i)));
            if (value != null && isKey(value)) {
                values.add(value);
            }
        }
        return values.size();
    }

    /** Returns whether the numbers of a candidate are only the positions of the elements, in either array. */
    boolean isPosition(ElementKey candidate) {
        return isPosition(a, candidate) || isPosition(b, candidate);
    }

    private boolean isPosition(ArrayNode array, ElementKey candidate) {
        int numbers = 0;
        int steps = 0;
        long last = 0;
        for (int i = 0; i < samples(array); i++) {
            JsonNode value = candidate.in(array.get(index(array, i)));
            if (value != null && value.isIntegralNumber()) {
                long start = value.longValue() - index(array, i);
                steps += numbers > 0 && start == last ? 1 : 0;
                numbers++;
                last = start;
            }
        }
        costs.work += samples(array);
        return numbers > 1 && (numbers - 1 - steps) * TOLERANCE <= numbers;
    }
}
