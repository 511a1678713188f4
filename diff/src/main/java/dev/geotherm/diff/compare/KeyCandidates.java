package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places in the elements of two arrays that may identify them: members, and members of members, with a short text or a
 * whole number in most of the sampled elements of both arrays.
 *
 * <p>Samples {@value #SAMPLES} elements of each array, fewer if they have so many members that more than {@value #MOST_VISITS}
 * would be visited.
 */
final class KeyCandidates {
    private static final int SAMPLES = 16;
    private static final int MOST_VISITS = 4_096;
    private static final int LONGEST = 200;

    /** One in so many samples may lack a key, or share it. */
    static final int TOLERANCE = 4;

    private final ArrayNode a;
    private final ArrayNode b;
    private final Equality costs;
    private final PathMatch element;
    private final List<JsonNode> ofA;
    private final List<JsonNode> ofB;
    private final Map<ElementKey, int[]> seen = new LinkedHashMap<>();

    /** How a key does in the samples of an array: how many values they have, and whether it only says where they stand. */
    private record Profile(int samples, int distinct, boolean isPosition) {
        boolean identifies() {
            return isMost(distinct, samples);
        }
    }

    KeyCandidates(ArrayNode a, ArrayNode b, PathMatch element, Equality costs) {
        this.a = a;
        this.b = b;
        this.costs = costs;
        this.element = element;
        ofA = visit(a, 0);
        ofB = visit(b, 1);
    }

    private static int samples(ArrayNode array) {
        return Math.min(SAMPLES, array.size());
    }

    private static int index(ArrayNode array, int sample) {
        return (int) ((long) sample * array.size() / samples(array));
    }

    /** Visits the samples of an array and returns those that were visited. */
    private List<JsonNode> visit(ArrayNode array, int side) {
        List<JsonNode> visited = new ArrayList<>();
        int visits = 0;
        for (int i = 0; i < samples(array) && visits < MOST_VISITS; i++) {
            JsonNode sample = array.get(index(array, i));
            visited.add(sample);
            for (Map.Entry<String, JsonNode> member : sample.properties()) {
                visits++;
                note(new ElementKey(member.getKey(), null), member.getValue(), side);
                for (Map.Entry<String, JsonNode> inner : member.getValue().properties()) {
                    visits++;
                    note(new ElementKey(member.getKey(), inner.getKey()), inner.getValue(), side);
                    if (visits >= MOST_VISITS) {
                        break;
                    }
                }
                if (visits >= MOST_VISITS) {
                    break;
                }
            }
        }
        costs.work += visits;
        return visited;
    }

    private void note(ElementKey place, JsonNode value, int side) {
        if (isKey(value)) {
            seen.computeIfAbsent(place, any -> new int[2])[side]++;
        }
    }

    private static boolean isKey(@Nullable JsonNode value) {
        if (value == null) {
            return false;
        }
        String text = value.textValue();
        return text == null ? value.isIntegralNumber() : text.length() <= LONGEST;
    }

    /** Returns the places that most samples of both arrays have, in the order of their first appearance. */
    List<ElementKey> places() {
        List<ElementKey> places = new ArrayList<>();
        seen.forEach((place, counts) -> {
            if (isMost(counts[0], ofA.size()) && isMost(counts[1], ofB.size()) && !place.isIgnored(element)) {
                places.add(place);
            }
        });
        return places;
    }

    private static boolean isMost(int count, int samples) {
        return count > 0 && (samples - count) * TOLERANCE <= samples;
    }

    /** Returns whether a place has a text in the first sample that has it. */
    boolean isText(ElementKey place) {
        for (JsonNode sample : ofA) {
            JsonNode value = place.in(sample);
            if (value != null) {
                return value.isTextual();
            }
        }
        return false;
    }

    /** Returns whether most samples of both arrays have the key, and few share it. */
    boolean identifies(RecordKey key) {
        return profile(a, ofA, key).identifies() && profile(b, ofB, key).identifies();
    }

    /** Returns whether a place has numbers that only say where an element stands, in one of the arrays. */
    boolean isPosition(ElementKey place) {
        RecordKey key = RecordKey.of(place);
        return profile(a, ofA, key).isPosition || profile(b, ofB, key).isPosition;
    }

    /** Returns how many values a place has in the samples of the first array. */
    int distinct(ElementKey place) {
        return profile(a, ofA, RecordKey.of(place)).distinct;
    }

    private Profile profile(ArrayNode array, List<JsonNode> samples, RecordKey key) {
        Set<String> values = new HashSet<>();
        int steps = 0;
        int counted = 0;
        long last = 0;
        for (int i = 0; i < samples.size(); i++) {
            JsonNode first = key.first().in(samples.get(i));
            JsonNode second = key.secondIn(samples.get(i));
            if (!isKey(first) || (key.second() != null && !isKey(second))) {
                continue;
            }
            values.add(second == null ? String.valueOf(first) : first + " " + second);
            if (first != null && second == null && !first.isTextual()) {
                long start = first.longValue() - index(array, i);
                counted += steps > 0 && start == last ? 1 : 0;
                steps++;
                last = start;
            }
        }
        costs.work += samples.size();
        return new Profile(samples.size(), values.size(), steps > 1 && isMost(counted, steps - 1));
    }
}
