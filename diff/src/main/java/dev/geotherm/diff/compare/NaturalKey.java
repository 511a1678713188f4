package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The search for a member that identifies the elements of two arrays although nobody named it: in every element a text or
 * whole number, unique in both arrays, and for most elements of the shorter array the same in the other.
 *
 * <p>A sample of {@value #SAMPLES} elements of each array rules most members out; at most {@value #CHECKS} are then
 * checked in all elements. Of those that serve, one whose name is usual for a key wins, then a text before a number, then
 * the one with most keys in common. A number that only says where an element stands is no key.
 */
final class NaturalKey {
    private static final int SAMPLES = 16;
    private static final int CANDIDATES = 32;
    private static final int CHECKS = 4;
    private static final int LONGEST = 200;

    /** In shorter arrays it is too easy for any member to be unique, unless its name says that it is meant to be. */
    private static final int LEAST = 4;

    private static final List<String> USUAL =
            List.of("key", "name", "uid", "uuid", "guid", "code", "slug", "sku", "symbol", "path", "url", "title");

    private final ArrayNode a;
    private final ArrayNode b;
    private final PathMatch element;

    /** A key that served. */
    static final class Found {
        final ElementKey key;
        /** For each element of the second array the index of its source in the first, or -1. */
        final int[] sources;

        private Found(ElementKey key, int[] sources) {
            this.key = key;
            this.sources = sources;
        }
    }

    private NaturalKey(ArrayNode a, ArrayNode b, PathMatch element) {
        this.a = a;
        this.b = b;
        this.element = element;
    }

    /** Returns the best key of two arrays that are not empty, or null if there is none. */
    static @Nullable Found find(ArrayNode a, ArrayNode b, PathMatch element, Equality equality, StructuralHash hash) {
        NaturalKey search = new NaturalKey(a, b, element);
        Found best = null;
        int most = (Math.min(a.size(), b.size()) - 1) / 2;
        int checks = 0;
        int rank = Integer.MAX_VALUE;
        for (ElementKey key : search.candidates()) {
            int next = rank(key, a.get(0));
            if (checks == CHECKS || (best != null && (next > rank || most == Math.min(a.size(), b.size())))) {
                break;
            }
            rank = next;
            if (search.servesSamples(a, key) && search.servesSamples(b, key)) {
                checks++;
                int[] sources = KeyedElements.sources(a, b, key, equality, hash);
                int common = sources == null ? 0 : common(sources);
                if (sources != null && common > most) {
                    best = new Found(key, sources);
                    most = common;
                }
            }
        }
        return best;
    }

    private static int common(int[] sources) {
        int common = 0;
        for (int source : sources) {
            common += source >= 0 ? 1 : 0;
        }
        return common;
    }

    private List<ElementKey> candidates() {
        if (!(a.get(0) instanceof ObjectNode first)) {
            return List.of();
        }
        List<ElementKey> all = new ArrayList<>();
        int looked = 0;
        for (Map.Entry<String, JsonNode> member : first.properties()) {
            if (looked++ == CANDIDATES) {
                break;
            }
            addCandidate(all, ElementKey.of(member.getKey()), first);
            int inner = 0;
            for (Map.Entry<String, JsonNode> below : member.getValue().properties()) {
                if (inner++ == CANDIDATES) {
                    break;
                }
                addCandidate(all, new ElementKey(member.getKey(), below.getKey()), first);
            }
        }
        all.sort(Comparator.comparingInt(key -> rank(key, first)));
        return all;
    }

    private void addCandidate(List<ElementKey> all, ElementKey key, ObjectNode first) {
        boolean isLong = Math.min(a.size(), b.size()) >= LEAST;
        if ((isLong || isUsual(key)) && isKey(key.in(first)) && !key.isIgnored(element)) {
            all.add(key);
        }
    }

    private static boolean isUsual(ElementKey key) {
        return USUAL.contains(key.inner() == null ? key.member() : key.inner());
    }

    /** Returns a number that is lower the likelier a member is meant as a key. */
    private static int rank(ElementKey key, JsonNode first) {
        JsonNode value = key.in(first);
        int type = value != null && value.isTextual() ? 0 : 1;
        int depth = key.inner() == null ? 0 : 2;
        return (isUsual(key) ? 0 : 4) + depth + type;
    }

    private static boolean isKey(@Nullable JsonNode value) {
        if (value == null) {
            return false;
        }
        String text = value.textValue();
        return text == null ? value.isIntegralNumber() : text.length() <= LONGEST;
    }

    private boolean servesSamples(ArrayNode array, ElementKey key) {
        Set<String> seen = new HashSet<>();
        boolean isPosition = true;
        long start = 0;
        int samples = Math.min(SAMPLES, array.size());
        for (int i = 0; i < samples; i++) {
            int index = (int) ((long) i * array.size() / samples);
            JsonNode value = key.in(array.get(index));
            if (value == null || !isKey(value) || !seen.add(value.toString())) {
                return false;
            }
            start = i == 0 ? value.longValue() : start;
            isPosition &= !value.isTextual() && value.longValue() - index == start;
        }
        return !isPosition;
    }
}
