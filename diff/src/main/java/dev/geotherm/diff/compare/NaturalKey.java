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
 * <p>Samples exclude most candidates; at most {@value #MAX_CHECKS} are then checked in all elements. Among those that
 * pass, members in a rule are preferred, then conventional key names, then texts over numbers, then the most keys in
 * common. A number that is only the position of an element is not a key. If the best single member leaves many elements
 * free, or none passes, pairs of members such as {@code metadata.namespace} and {@code metadata.name} are tried.
 */
final class NaturalKey {
    private static final int CHECKS = 4;
    private static final int MAX_CHECKS = 16;
    private static final int MAX_PARTS = 6;

    /**
     * In shorter arrays any member may be unique by chance, so only those with conventional key names are considered.
     */
    private static final int MIN_ELEMENTS = 4;

    private static final int MIN_ELEMENTS_FOR_PAIRS = 8;

    /** A key that leaves more than one in this many elements free may be a part of a better key. */
    private static final int FREE_TOLERANCE = 16;

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
    private @Nullable KeyMatch best;

    /** A key that passed the checks. */
    static final class KeyMatch {
        final RecordKey key;
        final KeyedElements elements;

        private KeyMatch(RecordKey key, KeyedElements elements) {
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
    static @Nullable KeyMatch find(
            ArrayNode a,
            ArrayNode b,
            PathMatch element,
            List<ElementKey> named,
            Equality equality,
            StructuralHash hash) {
        NaturalKey search = new NaturalKey(a, b, element, named, equality, hash);
        List<ElementKey> members = search.candidates.list();
        search.findSingle(members);
        KeyMatch single = search.best;
        if (search.shorter >= MIN_ELEMENTS_FOR_PAIRS
                && (single == null || single.elements.free() * FREE_TOLERANCE > a.size() + b.size())) {
            search.findPair(members);
        }
        return search.best;
    }

    private void findSingle(List<ElementKey> members) {
        List<ElementKey> ranked = new ArrayList<>(members);
        ranked.removeIf(candidate -> shorter < MIN_ELEMENTS && !isUsual(candidate));
        ranked.sort(Comparator.comparingInt(this::rank));
        int most = Math.min(MAX_CHECKS, CHECKS + ranked.size() / CHECKS);
        int rank = Integer.MAX_VALUE;
        for (ElementKey candidate : ranked) {
            KeyMatch found = best;
            boolean isWorse = found != null && (rank(candidate) > rank || found.elements.common() == shorter);
            if (isWorse || checks == most) {
                return;
            }
            rank = rank(candidate);
            RecordKey key = RecordKey.of(candidate);
            if (candidates.identifies(key) && (named.contains(candidate) || !candidates.isPosition(candidate))) {
                check(key);
            }
        }
    }

    /**
     * A candidate for one of the two members of a key. Scopes such as a namespace are first, then conventional names,
     * then members with many distinct values.
     */
    private record KeyPart(ElementKey candidate, int rank, boolean isText, int distinct)
            implements Comparable<KeyPart> {
        @Override
        public int compareTo(KeyPart other) {
            return Comparator.comparingInt(KeyPart::rank)
                    .thenComparingInt(part -> part.isText ? 0 : 1)
                    .thenComparingInt(part -> -part.distinct)
                    .compare(this, other);
        }
    }

    private void findPair(List<ElementKey> members) {
        List<KeyPart> parts = new ArrayList<>();
        for (ElementKey candidate : members) {
            int distinct = candidates.distinct(candidate);
            if (distinct > 1 || isScope(candidate)) {
                boolean isAlone = candidates.identifies(RecordKey.of(candidate));
                int rank = isScope(candidate) ? 0 : isUsual(candidate) ? 1 : isAlone ? 3 : 2;
                parts.add(new KeyPart(candidate, rank, candidates.isText(candidate), distinct));
            }
        }
        Collections.sort(parts);
        checks = 0;
        int most = Math.min(MAX_PARTS, parts.size());
        for (int i = 0; i < most; i++) {
            for (int j = i + 1; j < most; j++) {
                RecordKey key = new RecordKey(parts.get(i).candidate, parts.get(j).candidate);
                if ((parts.get(i).isText || parts.get(j).isText) && candidates.identifies(key)) {
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
            best = new KeyMatch(key, elements);
        }
    }

    private static String name(ElementKey candidate) {
        return candidate.inner() == null ? candidate.member() : candidate.inner();
    }

    private static boolean isUsual(ElementKey candidate) {
        return USUAL.contains(name(candidate));
    }

    private static boolean isScope(ElementKey candidate) {
        return SCOPES.contains(name(candidate));
    }

    /** Returns a rank, which is lower for members that are more likely to be keys. */
    private int rank(ElementKey candidate) {
        if (named.contains(candidate)) {
            return -1;
        }
        return (isUsual(candidate) ? 0 : 4)
                + (candidate.inner() == null ? 0 : 2)
                + (candidates.isText(candidate) ? 0 : 1);
    }
}
