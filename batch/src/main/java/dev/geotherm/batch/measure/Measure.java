package dev.geotherm.batch.measure;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A measure of rankings, such as {@code nDCG@10}, as {@code trec_eval} defines it. All values are from 0 to 1; higher is better.
 *
 * @param kind the kind of measure
 * @param cutoff the rank of the last answer that counts; 0 means all answers
 */
public record Measure(Kind kind, int cutoff) {
    /** The default measures: nDCG@10, MAP, MRR and Recall@100. */
    public static final List<Measure> DEFAULTS = List.of(
            new Measure(Kind.NDCG, 10),
            new Measure(Kind.AVERAGE_PRECISION, 0),
            new Measure(Kind.RECIPROCAL_RANK, 0),
            new Measure(Kind.RECALL, 100));

    private static final int DEEPEST = 1_000_000;
    private static final Pattern TEXT = Pattern.compile("([A-Za-z-]+(?:_[A-Za-z]+)?)(?:[@_.](\\d{1,9}))?");

    /** A kind of measure. A document is relevant if its grade is 1 or more. */
    public enum Kind {
        /**
         * The normalised discounted cumulative gain: the sum of grade / log2(rank + 1) over the relevant answers, divided by
         * the same sum for the ideal ranking ({@code ndcg}, {@code ndcg_cut}).
         */
        NDCG("nDCG", Cutoff.OPTIONAL, "ndcg|ndcg_cut"),
        /**
         * The mean, over all relevant documents, of the precision at the rank of the document; 0 for those that were not found
         * ({@code map}, {@code map_cut}).
         */
        AVERAGE_PRECISION("MAP", Cutoff.OPTIONAL, "map|map_cut|ap"),
        /** The reciprocal of the rank of the first relevant answer; 0 if there is none ({@code recip_rank}). */
        RECIPROCAL_RANK("MRR", Cutoff.OPTIONAL, "mrr|recip_rank|rr"),
        /** The number of relevant answers divided by the cutoff, even if there are fewer answers ({@code P}). */
        PRECISION("P", Cutoff.REQUIRED, "p|precision"),
        /** The fraction of the relevant documents that are among the answers ({@code recall}). */
        RECALL("Recall", Cutoff.REQUIRED, "recall|r"),
        /** 1 if a relevant document is among the answers, 0 if not ({@code success}). */
        SUCCESS("Success", Cutoff.REQUIRED, "success|hit"),
        /** The precision after as many answers as there are relevant documents ({@code Rprec}). */
        R_PRECISION("Rprec", Cutoff.NONE, "rprec|r-precision"),
        /**
         * The binary preference: for each relevant answer, the fraction of the documents judged not relevant that are not
         * ranked before it. Documents without a judgement, or with a negative grade, do not count ({@code bpref}).
         */
        BPREF("bpref", Cutoff.NONE, "bpref");

        private final String label;
        private final Cutoff cutoff;
        private final String names; // alternatives in a regular expression

        Kind(String label, Cutoff cutoff, String names) {
            this.label = label;
            this.cutoff = cutoff;
            this.names = names;
        }
    }

    private enum Cutoff {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /** Checks that the kind of measure permits the cutoff. */
    public Measure {
        if (cutoff < 0 || cutoff > DEEPEST) {
            throw new GeothermException("measure " + kind.label + "@" + cutoff + ": the cutoff must be between 1 and "
                    + String.format("%,d", DEEPEST));
        } else if (cutoff == 0 && kind.cutoff == Cutoff.REQUIRED) {
            throw new GeothermException(
                    "measure " + kind.label + ": needs a cutoff, for example " + kind.label + "@10");
        } else if (cutoff > 0 && kind.cutoff == Cutoff.NONE) {
            throw new GeothermException(
                    "measure " + kind.label + "@" + cutoff + ": has no cutoff, write " + kind.label);
        }
    }

    /**
     * Returns the measure with a name: {@code nDCG@10}, or {@code ndcg_cut_10} and {@code ndcg_cut.10} as in {@code trec_eval}.
     * Case is ignored.
     *
     * @throws GeothermException if there is no such measure; the message lists all measures
     */
    public static Measure parse(String name) {
        Matcher parts = TEXT.matcher(requireNonNull(name, "name").strip());
        if (parts.matches()) {
            for (Kind kind : Kind.values()) {
                if (parts.group(1).toLowerCase(Locale.ROOT).matches(kind.names)) {
                    String cutoff = parts.group(2);
                    if (cutoff != null && Integer.parseInt(cutoff) == 0) {
                        throw new GeothermException("measure '" + name + "': the cutoff must be 1 or more");
                    }
                    return new Measure(kind, cutoff == null ? 0 : Integer.parseInt(cutoff));
                }
            }
        }
        throw new GeothermException("measure '" + name + "' is not known; expected one of "
                + Arrays.stream(Kind.values())
                        .map(kind -> kind.label + (kind.cutoff == Cutoff.REQUIRED ? "@10" : ""))
                        .collect(Collectors.joining(", "))
                + ", or nDCG@10, MAP@10, MRR@10");
    }

    /** Returns the value for one query: 0 if there is no answer or no relevant document. */
    double of(Map<String, Integer> grades, List<TrecRun.Scored> answers) {
        JudgedRanking ranking = new JudgedRanking(grades, answers);
        if (ranking.relevant() == 0) {
            return 0;
        }
        int depth = cutoff == 0 ? Integer.MAX_VALUE : cutoff;
        return switch (kind) {
            case NDCG -> ranking.normalisedGain(depth);
            case AVERAGE_PRECISION -> ranking.averagePrecision(depth);
            case RECIPROCAL_RANK -> ranking.reciprocalRank(depth);
            case PRECISION -> (double) ranking.found(depth) / depth;
            case RECALL -> (double) ranking.found(depth) / ranking.relevant();
            case SUCCESS -> ranking.found(depth) > 0 ? 1 : 0;
            case R_PRECISION -> (double) ranking.found(ranking.relevant()) / ranking.relevant();
            case BPREF -> ranking.binaryPreference();
        };
    }

    /** Returns the name, such as {@code nDCG@10}. */
    @Override
    public String toString() {
        return cutoff == 0 ? kind.label : kind.label + "@" + cutoff;
    }
}
