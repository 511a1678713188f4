package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Weights;
import dev.geotherm.testkit.anchor.PlainSearch.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The modes that one search of a {@link PlainIndex} combines, and what each of them contributes to a passage. */
final class PlainParts {
    private static final Weights DEFAULTS = Weights.parse("lexical=1,similarity=1,time=1");
    private static final double HALF_LIFE = Duration.ofDays(30).toMillis();

    private final PlainSearch search;
    private final Query query;
    private final Weights weights;
    private final Map<RetrievalMode, Map<Passage, Found>> found = new EnumMap<>(RetrievalMode.class);
    private final Map<RetrievalMode, List<Passage>> rankings = new EnumMap<>(RetrievalMode.class);

    PlainParts(PlainSearch search, Query query) {
        this.search = search;
        this.query = query;
        weights = weights();
        for (RetrievalMode mode : weights.byMode().keySet()) {
            if (weights.includes(mode)
                    && (mode != RetrievalMode.TIME || !query.mode().combines())) {
                List<Found> ranking = search.byMode(mode, query);
                Map<Passage, Found> byPassage = new IdentityHashMap<>();
                ranking.forEach(each -> byPassage.put(each.passage(), each));
                found.put(mode, byPassage);
                rankings.put(mode, ranking.stream().map(Found::passage).toList());
            }
        }
    }

    private Weights weights() {
        if (!query.mode().combines()) {
            return Weights.none().with(query.mode(), 1);
        }
        boolean own = !query.weights().isNone() && search.fault() != IndexFault.WEIGHTS_OF_A_QUERY_ARE_IGNORED;
        if (own) {
            return query.weights();
        }
        return query.mode() == RetrievalMode.COMPOSITE ? DEFAULTS : DEFAULTS.without(RetrievalMode.TIME);
    }

    /** Returns whether a mode finds a passage. */
    boolean find(Passage passage) {
        boolean byTime = search.fault() == IndexFault.TIME_FINDS && weights.includes(RetrievalMode.TIME);
        if (search.fault() == IndexFault.BOTH_MUST_FIND && query.mode() == RetrievalMode.FUSED) {
            return found.values().stream().allMatch(each -> each.containsKey(passage));
        }
        return byTime || found.values().stream().anyMatch(each -> each.containsKey(passage));
    }

    private int rank(RetrievalMode mode, Passage passage) {
        List<Passage> ranking = rankings.getOrDefault(mode, List.of());
        return 1
                + IntStream.range(0, ranking.size())
                        .filter(i -> ranking.get(i) == passage)
                        .findFirst()
                        .orElse(-1);
    }

    private double score(RetrievalMode mode, Passage passage) {
        if (mode == RetrievalMode.TIME && query.mode().combines()) {
            Instant newest = search.passages().stream()
                    .map(Passage::timestamp)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return Math.pow(2, -Duration.between(passage.timestamp(), newest).toMillis() / HALF_LIFE);
        }
        Found own = found.getOrDefault(mode, Map.of()).get(passage);
        return own == null
                ? 0
                : mode == RetrievalMode.PROVENANCE && query.mode().combines() ? 1 : own.score();
    }

    double contribution(RetrievalMode mode, Passage passage) {
        double score = score(mode, passage);
        if (query.mode() == RetrievalMode.FUSED) {
            int rank = rank(mode, passage);
            return rank == 0 ? 0 : weights.share(mode) / (60 + rank);
        } else if (!query.mode().combines()) {
            return score;
        }
        boolean relative = search.fault() != IndexFault.SCORES_ARE_NOT_NORMALISED
                && mode != RetrievalMode.TIME
                && mode != RetrievalMode.PROVENANCE;
        double best = relative
                ? score(
                        mode,
                        rankings.get(mode).isEmpty()
                                ? passage
                                : rankings.get(mode).get(0))
                : 1;
        return best <= 0 ? 0 : weights.share(mode) * Math.max(0, score) / best;
    }

    double sum(Passage passage) {
        return weights.byMode().keySet().stream()
                .filter(weights::includes)
                .mapToDouble(mode -> contribution(mode, passage))
                .sum();
    }

    ExplainedHit explain(Hit hit, Passage passage) {
        List<ExplainedHit.Part> parts = new ArrayList<>();
        for (RetrievalMode mode : weights.byMode().keySet()) {
            double contribution = contribution(mode, passage);
            parts.add(new ExplainedHit.Part(
                    mode,
                    search.fault() == IndexFault.RANKS_COUNT_FROM_ZERO ? rank(mode, passage) - 1 : rank(mode, passage),
                    score(mode, passage),
                    weights.share(mode),
                    search.fault() == IndexFault.CONTRIBUTIONS_ARE_NOT_WEIGHTED
                            ? contribution / weights.share(mode) / 0.5
                            : contribution));
        }
        List<ExplainedHit.Term> terms =
                weights.includes(RetrievalMode.LEXICAL) ? search.terms(query.text(), passage) : List.of();
        return new ExplainedHit(hit, parts, terms);
    }
}
