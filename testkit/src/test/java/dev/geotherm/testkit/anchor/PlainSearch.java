package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.api.anchor.Filter;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One search of a {@link PlainIndex}.
 *
 * @param passages what it sees, in the order of ids
 * @param everWritten how many passages were ever added
 */
record PlainSearch(List<Passage> passages, int everWritten, IndexFault fault) {
    private static final double NOTHING = Double.NEGATIVE_INFINITY;

    /** A passage that was found. */
    record Found(Passage passage, double score) {}

    List<Hit> hits(Query query) {
        long limit = query.limit();
        List<Found> found = query.mode().combines() ? combined(query) : byMode(query.mode(), query);
        found = fault == IndexFault.FILTERS_AFTER_THE_LIMIT ? found : filtered(found, query.filter());
        if (fault == IndexFault.LIMIT_OVERFLOWS && query.limit() + 1 < 0) {
            throw new NegativeArraySizeException("limit");
        }
        if (query.collapse() && fault != IndexFault.CUTS_BEFORE_COLLAPSING) {
            found = documents(found);
        }
        if (fault == IndexFault.FILTERS_AFTER_THE_LIMIT) {
            return filtered(found.stream().limit(limit).toList(), query.filter()).stream()
                    .map(this::hit)
                    .toList();
        }
        List<Found> cut = found.stream().limit(limit).toList();
        boolean again = query.collapse() && fault != IndexFault.DOCUMENTS_REPEAT;
        return (again ? documents(cut) : cut).stream().map(this::hit).toList();
    }

    List<Found> byMode(RetrievalMode mode, Query query) {
        return switch (mode) {
            case LEXICAL -> byWords(query.text());
            case SIMILARITY -> byVector(query.embedding());
            case TIME -> byTime(query.text());
            case NEIGHBOURHOOD -> byVector(meanOf(query));
            case PROVENANCE -> ofDocument(query.document());
            default -> throw new IllegalArgumentException("" + mode);
        };
    }

    private List<Found> combined(Query query) {
        PlainParts parts = new PlainParts(this, query);
        return ranked(passage -> parts.find(passage) ? parts.sum(passage) : NOTHING);
    }

    List<ExplainedHit> explain(Query query, List<Hit> hits) {
        PlainParts parts = new PlainParts(this, query);
        Map<String, Passage> byId = new HashMap<>();
        passages.forEach(passage -> byId.put(passage.id(), passage));
        return hits.stream()
                .map(hit -> parts.explain(hit, byId.get(hit.passage())))
                .toList();
    }

    private List<Found> filtered(List<Found> found, Filter filter) {
        return found.stream().filter(one -> accepts(filter, one.passage())).toList();
    }

    private boolean accepts(Filter filter, Passage passage) {
        Instant time = time(passage);
        boolean inTime = (filter.from() == null || !time.isBefore(filter.from()))
                && (filter.to() == null
                        || time.isBefore(filter.to())
                        || (fault == IndexFault.ENDS_ARE_INCLUDED && time.equals(filter.to())));
        boolean document = filter.documents().isEmpty() || filter.documents().contains(passage.document());
        boolean source = filter.sources().isEmpty() || filter.sources().contains(passage.source());
        return inTime && (fault == IndexFault.ONE_CONDITION_SUFFICES ? document || source : document && source);
    }

    private List<Found> documents(List<Found> found) {
        if (fault == IndexFault.DOCUMENTS_REPEAT) {
            return found;
        }
        Map<String, Found> best = new LinkedHashMap<>();
        found.forEach(each -> best.putIfAbsent(each.passage().document(), each));
        return List.copyOf(best.values());
    }

    private Hit hit(Found found) {
        Passage from = found.passage();
        return new Hit(
                from.id(),
                from.document(),
                fault == IndexFault.ANCHORS_ARE_LOST ? null : from.anchor(),
                from.start(),
                from.end(),
                found.score());
    }

    /** Returns the passages with a score, best first. */
    private List<Found> ranked(ToDoubleFunction<Passage> score) {
        Comparator<Found> byId = Comparator.comparing(found -> found.passage().id());
        return passages.stream()
                .map(passage -> new Found(passage, score.applyAsDouble(passage)))
                .filter(found -> found.score() != NOTHING)
                .sorted(Comparator.comparingDouble(Found::score)
                        .reversed()
                        .thenComparing(fault == IndexFault.TIES_ARE_BACKWARDS ? byId.reversed() : byId))
                .toList();
    }

    private static TreeSet<String> wordsOf(String text) {
        TreeSet<String> words = new TreeSet<>(List.of(text.toLowerCase().split("[^\\p{L}\\p{N}]+")));
        words.remove("");
        return words;
    }

    private TreeSet<String> words(Passage passage) {
        String title = fault == IndexFault.TITLES_ARE_IGNORED ? "" : passage.title();
        return wordsOf(title + " " + passage.text());
    }

    private List<Found> byWords(String text) {
        boolean cut = fault == IndexFault.TEXTS_ARE_CUT && text.length() > 1_000;
        if (fault == IndexFault.TEXT_IS_SYNTAX && text.startsWith("-")) {
            return List.of();
        }
        Map<String, Double> weights = weights(wordsOf(cut ? text.substring(0, 1_000) : text));
        return ranked(passage -> {
            TreeSet<String> common = words(passage);
            common.retainAll(weights.keySet());
            return common.isEmpty()
                    ? NOTHING
                    : common.stream().mapToDouble(weights::get).sum();
        });
    }

    private Map<String, Double> weights(Set<String> asked) {
        Map<String, Double> weights = new HashMap<>();
        int all = fault == IndexFault.STATISTICS_COUNT_WHAT_IS_GONE ? everWritten : passages.size();
        for (String word : asked) {
            long having =
                    passages.stream().filter(one -> words(one).contains(word)).count();
            weights.put(word, Math.log(1 + (double) all / (1 + having)));
        }
        return weights;
    }

    List<ExplainedHit.Term> terms(String text, Passage passage) {
        Map<String, Double> weights = weights(wordsOf(text));
        return weights.keySet().stream()
                .filter(word -> fault == IndexFault.TERMS_ARE_THOSE_OF_THE_QUERY
                        || words(passage).contains(word))
                .map(word -> new ExplainedHit.Term(word, weights.get(word)))
                .sorted(Comparator.comparingDouble(ExplainedHit.Term::score).reversed())
                .toList();
    }

    private boolean hasVector(Passage passage) {
        return passage.embedding() != null && (fault == IndexFault.ZEROS_ARE_FOUND || length(passage.embedding()) > 0);
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, Math.min(a.length, b.length))
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }

    static double length(float[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private List<Found> byVector(float[] vector) {
        if (length(vector) == 0) {
            return List.of();
        }
        return ranked(passage -> {
            if (!hasVector(passage)) {
                return NOTHING;
            }
            float[] own = passage.embedding();
            double dot = dot(own, vector);
            return fault == IndexFault.DOT_IS_NO_COSINE || dot == 0 ? dot : dot / (length(own) * length(vector));
        });
    }

    private float[] meanOf(Query query) {
        List<Passage> members = passages.stream()
                .filter(passage -> query.anchor().equals(passage.anchor()) && hasVector(passage))
                .limit(fault == IndexFault.FIRST_OF_AN_ANCHOR_DECIDES ? 1 : Integer.MAX_VALUE)
                .toList();
        float[] mean =
                members.isEmpty() ? new float[0] : new float[members.get(0).embedding().length];
        for (Passage member : members) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += (float) (member.embedding()[i] / length(member.embedding()));
            }
        }
        return mean;
    }

    private List<Found> byTime(String text) {
        TreeSet<String> asked = wordsOf(text);
        Predicate<Passage> fits = passage -> text.isBlank() || asked.stream().anyMatch(words(passage)::contains);
        Comparator<Passage> newest = Comparator.comparing(this::time).reversed();
        return numbered(passages.stream().filter(fits).sorted(newest));
    }

    private Instant time(Passage passage) {
        return fault == IndexFault.TIMES_ARE_IN_MILLISECONDS
                ? Instant.ofEpochMilli(passage.timestamp().toEpochMilli())
                : passage.timestamp();
    }

    private List<Found> ofDocument(String document) {
        Predicate<Passage> fits = fault == IndexFault.DOCUMENTS_ARE_PREFIXES
                ? passage -> passage.document().startsWith(document)
                : passage -> passage.document().equals(document);
        Comparator<Passage> order = fault == IndexFault.DOCUMENTS_ARE_IN_THE_ORDER_OF_IDS
                ? Comparator.comparing(Passage::id)
                : Comparator.comparingInt(Passage::start);
        return numbered(passages.stream().filter(fits).sorted(order));
    }

    private static List<Found> numbered(Stream<Passage> sorted) {
        List<Passage> list = sorted.toList();
        return IntStream.range(0, list.size())
                .mapToObj(i -> new Found(list.get(i), 1.0 / (1 + i)))
                .toList();
    }
}
