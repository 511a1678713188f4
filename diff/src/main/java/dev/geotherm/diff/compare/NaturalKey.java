package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The search for a key that identifies the elements of two arrays without a rule. Such a key is a text or whole number
 * that most elements of both arrays have and few share, and more than half of the shorter array's keys occur in the
 * other array.
 *
 * <p>Samples exclude most candidates; at most {@value #MOST_CHECKS} are then checked in all elements. Among those that
 * pass, members in a rule are preferred, then conventional key names, then texts over numbers, then the most keys in
 * common. A number that is only the position of an element is not a key. If the best single member leaves many elements
 * free, or none passes, pairs of members such as {@code metadata.namespace} and {@code metadata.name} are tried.
 */
final class NaturalKey {
    private static final int CHECKS = 4;
    private static final int MOST_CHECKS = 16;
    private static final int MOST_HALVES = 6;

    /**
     * In shorter arrays any member may be unique by chance, so only those with conventional key names are considered.
     */
    private static final int LEAST = 4;

    private static final int LEAST_FOR_PAIRS = 8;

    /** A key that leaves more than one in this many elements free may be half of a better key. */
    private static final int FEW = 16;

    private static final List<String> USUAL = List.of(
            "id", "_id", "key", "name", "uid", "uuid", "guid", "code", "slug", "sku", "symbol", "path", "url", "title");

    /** The members within which names are usually unique. */
    private static final List<String> SCOPES =
            List.of("namespace", "kind", "type", "group", "version", "module", "schema", "lang", "language", "locale");

    private final ArrayNode a;
    private final ArrayNode b;
    private final List<ElementKey> named;
    private final Equality equality;
    private final StructuralHash hash;
    private final KeyCandidates candidates;
    private final int shorter;
    private int checks;
    private @Nullable Found best;

    /** A key that passed the checks. */
    static final class Found {
        final RecordKey key;
        final KeyedElements elements;

        private Found(RecordKey key, KeyedElements elements) {
            this.key = key;
            this.elements = elements;
        }
    }

    private NaturalKey(
            ArrayNode a,
            ArrayNode b,
            PathMatch element,
            List<ElementKey> named,
            Equality equality,
            StructuralHash hash) {
        this.a = a;
        this.b = b;
        this.named = named;
        this.equality = equality;
        this.hash = hash;
        candidates = new KeyCandidates(a, b, element, equality);
        shorter = Math.min(a.size(), b.size());
    }

    /**
     * Returns the best key of two non-empty arrays, or null if none passes.
     *
     * @param named the members that a rule or the convention names, although they do not identify all elements
     */
    static @Nullable Found find(
            ArrayNode a,
            ArrayNode b,
            PathMatch element,
            List<ElementKey> named,
            Equality equality,
            StructuralHash hash) {
        NaturalKey search = new NaturalKey(a, b, element, named, equality, hash);
        List<ElementKey> places = search.candidates.places();
        search.findSingle(places);
        Found single = search.best;
        if (search.shorter >= LEAST_FOR_PAIRS
                && (single == null || single.elements.free() * FEW > a.size() + b.size())) {
            search.findPair(places);
        }
        return search.best;
    }

    private void findSingle(List<ElementKey> places) {
        List<ElementKey> ranked = new ArrayList<>(places);
        ranked.removeIf(place -> shorter < LEAST && !isUsual(place));
        ranked.sort(Comparator.comparingInt(this::rank));
        int most = Math.min(MOST_CHECKS, CHECKS + ranked.size() / CHECKS);
        int rank = Integer.MAX_VALUE;
        for (ElementKey place : ranked) {
            Found found = best;
            boolean isWorse = found != null && (rank(place) > rank || found.elements.common() == shorter);
            if (isWorse || checks == most) {
                return;
            }
            rank = rank(place);
            RecordKey key = RecordKey.of(place);
            if (candidates.identifies(key) && (named.contains(place) || !candidates.isPosition(place))) {
                check(key);
            }
        }
    }

    /**
     * A candidate for half of a key. Scopes such as a namespace are first, then conventional names, then members with
     * many distinct values.
     */
    private record Half(ElementKey place, int rank, boolean isText, int distinct) implements Comparable<Half> {
        @Override
        public int compareTo(Half other) {
            return Comparator.comparingInt(Half::rank)
                    .thenComparingInt(half -> half.isText ? 0 : 1)
                    .thenComparingInt(half -> -half.distinct)
                    .compare(this, other);
        }
    }

    private void findPair(List<ElementKey> places) {
        List<Half> halves = new ArrayList<>();
        for (ElementKey place : places) {
            int distinct = candidates.distinct(place);
            if (distinct > 1 || isScope(place)) {
                boolean isAlone = candidates.identifies(RecordKey.of(place));
                int rank = isScope(place) ? 0 : isUsual(place) ? 1 : isAlone ? 3 : 2;
                halves.add(new Half(place, rank, candidates.isText(place), distinct));
            }
        }
        Collections.sort(halves);
        checks = 0;
        int most = Math.min(MOST_HALVES, halves.size());
        for (int i = 0; i < most; i++) {
            for (int j = i + 1; j < most; j++) {
                RecordKey key = new RecordKey(halves.get(i).place, halves.get(j).place);
                if ((halves.get(i).isText || halves.get(j).isText) && candidates.identifies(key)) {
                    if (checks == CHECKS) {
                        return;
                    }
                    check(key);
                }
            }
        }
    }

    /** Checks a key in all elements: it must match more than half of them, and more than the best key so far. */
    private void check(RecordKey key) {
        checks++;
        int least = best == null ? shorter / 2 + 1 : best.elements.common() + 1;
        int mostFree = shorter / KeyCandidates.TOLERANCE;
        KeyedElements elements = KeyedElements.of(a, b, key, mostFree, least, equality, hash);
        if (elements != null) {
            best = new Found(key, elements);
        }
    }

    private static String name(ElementKey place) {
        return place.inner() == null ? place.member() : place.inner();
    }

    private static boolean isUsual(ElementKey place) {
        return USUAL.contains(name(place));
    }

    private static boolean isScope(ElementKey place) {
        return SCOPES.contains(name(place));
    }

    /** Returns a rank, which is lower for members that are more likely to be keys. */
    private int rank(ElementKey place) {
        if (named.contains(place)) {
            return -1;
        }
        return (isUsual(place) ? 0 : 4) + (place.inner() == null ? 0 : 2) + (candidates.isText(place) ? 0 : 1);
    }
}
