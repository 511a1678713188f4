package dev.geotherm.batch.measure;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run: the answers of a system to a set of queries, each a ranking of documents from best to worst.
 *
 * <p>Only the order of the documents counts. {@code trec_eval} ignores the ranks in a file, reads scores in single
 * precision and sorts equal ones by descending document id. Therefore {@link #write} lowers each score that would not be
 * below the previous one to the next lower {@code float}, which makes {@code trec_eval} keep the order.
 *
 * <p>Immutable and thread-safe.
 */
public final class TrecRun {
    private final String tag;
    private final Map<String, List<Scored>> answers;

    private TrecRun(String tag, Map<String, List<Scored>> answers) {
        this.tag = tag;
        this.answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /**
     * A document with its score.
     *
     * @param document the document's id, without white space
     * @param score the score, within the range of a {@code float}; higher is better
     */
    public record Scored(String document, double score) {
        /** The order of {@code trec_eval}: by score in single precision, then by the bytes of the id, both descending. */
        static final Comparator<Scored> TREC_ORDER = Comparator.comparing(
                        (Scored scored) -> (float) scored.score + 0.0f) // one zero, not two
                .thenComparing(Scored::document, Utf8Order.INSTANCE)
                .reversed();

        /** Validates the id and the score. */
        public Scored {
            requireId("document", document);
            if (!Float.isFinite((float) score)) {
                throw new GeothermException(
                        "document '" + document + "': score " + score + " is outside the range of a float");
            }
        }
    }

    /**
     * Returns a new builder.
     *
     * @param tag the name of the run in its file, without white space
     */
    public static Builder builder(String tag) {
        return new Builder(requireId("tag", tag));
    }

    /**
     * Reads a file with the six columns {@code query Q0 document rank score tag}, which can be an {@link Archive}. The
     * documents are in the order of {@code trec_eval}. The tag is taken from the first line. Infinite scores, which {@code
     * trec_eval} accepts, become the highest and lowest finite scores.
     *
     * @throws GeothermException if the file cannot be read or is empty, or a line has another format or repeats a
     *     document of the query; the message names the file and line
     */
    public static TrecRun read(Path file) {
        return TrecRunFile.read(file);
    }

    /**
     * Writes the run in the format of {@link #read}, and replaces the file atomically.
     *
     * @throws GeothermException if the file cannot be written; it is then unchanged
     */
    public void write(Path file) {
        TrecRunFile.write(this, file);
    }

    /** Returns the name of the run. */
    public String tag() {
        return tag;
    }

    /** Returns the queries in insertion order; some may have no answer. */
    public Set<String> queries() {
        return answers.keySet();
    }

    /** Returns the ranking for a query, best first; empty for a query that is not in the run. */
    public List<Scored> answers(String query) {
        return answers.getOrDefault(requireNonNull(query, "query"), List.of());
    }

    /**
     * Returns whether a text can be an id or a tag in a run file: it is not empty, and it has no white space, control
     * character or line separator, which break {@code trec_eval} and other programs that read the file.
     */
    public static boolean isColumn(String text) {
        return !text.isEmpty()
                && text.chars().noneMatch(c -> c == ' ' || Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
    }

    static String requireId(String what, String id) {
        if (!isColumn(requireNonNull(id, what))) {
            throw new GeothermException(what + " '" + id
                    + "': must not be empty or contain white space or control characters, because it is a column of the"
                    + " run file");
        }
        return id;
    }

    /** A builder of runs. Not thread-safe. */
    public static final class Builder {
        private final String tag;
        private final Map<String, List<Scored>> answers = new LinkedHashMap<>();

        private Builder(String tag) {
            this.tag = tag;
        }

        /**
         * Adds the ranking for a query.
         *
         * @param ranking the answers, best first; no score is higher than the previous one
         * @throws GeothermException if the query was already added, a document occurs twice, or the scores are not in
         *     order
         */
        public Builder add(String query, List<Scored> ranking) {
            requireId("query", query);
            List<Scored> copy = List.copyOf(ranking);
            Set<String> seen = new HashSet<>();
            double last = Double.POSITIVE_INFINITY;
            for (Scored scored : copy) {
                if (!seen.add(scored.document)) {
                    throw new GeothermException(
                            "query '" + query + "': document '" + scored.document + "' is ranked twice");
                }
                if (scored.score > last) {
                    throw new GeothermException("query '" + query + "': document '" + scored.document + "' has score "
                            + scored.score + " after one with " + last + ", expected the best first");
                }
                last = scored.score;
            }
            if (answers.putIfAbsent(query, copy) != null) {
                throw new GeothermException("query '" + query + "': was already added");
            }
            return this;
        }

        /** Adds a ranking, sorted in the order of {@code trec_eval}. */
        Builder addUnordered(String query, Collection<Scored> found) {
            List<Scored> ordered = new ArrayList<>(found);
            ordered.sort(Scored.TREC_ORDER);
            return add(query, ordered);
        }

        /** Returns the run with all rankings added so far. */
        public TrecRun build() {
            return new TrecRun(tag, answers);
        }
    }
}
