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
 * What a system answered to a set of queries: for each, documents from best to worst.
 *
 * <p>The order of the documents is what counts. {@code trec_eval} ignores the ranks in a file, reads scores in single
 * precision and puts equal ones in descending order of their documents' ids, so {@link #write} lowers every score that
 * would not be below the one before it by the smallest step of a {@code float}: both then see the same order.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TrecRun {
    private final String tag;
    private final Map<String, List<Scored>> answers;

    private TrecRun(String tag, Map<String, List<Scored>> answers) {
        this.tag = tag;
        this.answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /**
     * A document and how well it answers.
     *
     * @param document its id, without white space
     * @param score the higher, the better; within the range of a {@code float}
     */
    public record Scored(String document, double score) {
        /** How {@code trec_eval} orders answers: by score in single precision, then by the bytes of the id, backwards. */
        static final Comparator<Scored> TREC_ORDER = Comparator.comparing(
                        (Scored scored) -> (float) scored.score + 0.0f) // one zero, not two
                .thenComparing(Scored::document, Utf8Order.INSTANCE)
                .reversed();

        /** Checks both. */
        public Scored {
            requireId("document", document);
            if (!Float.isFinite((float) score)) {
                throw new GeothermException(
                        "document '" + document + "': score " + score + " is not within the range of a float");
            }
        }
    }

    /**
     * Starts a run.
     *
     * @param tag what the run is called in its file, without white space
     */
    public static Builder builder(String tag) {
        return new Builder(requireId("tag", tag));
    }

    /**
     * Reads a file in the six columns {@code query Q0 document rank score tag}, unpacked if its name ends in {@code .gz};
     * documents come in the order that {@code trec_eval} would see. The tag is that of the first line.
     *
     * @throws GeothermException naming file and line, if the file cannot be read, has no line, or a line is not of that
     *     form or repeats a document
     */
    public static TrecRun read(Path file) {
        return TrecRunFile.read(file);
    }

    /**
     * Writes the run in that format: all of it or, if that fails, nothing; a file that was there is replaced.
     *
     * @throws GeothermException naming the file, if it cannot be written
     */
    public void write(Path file) {
        TrecRunFile.write(this, file);
    }

    /** Returns what the run is called. */
    public String tag() {
        return tag;
    }

    /** Returns the queries in the order in which they were added; some may have no answer. */
    public Set<String> queries() {
        return answers.keySet();
    }

    /** Returns the documents for a query, best first; empty for a query that is not in the run. */
    public List<Scored> answers(String query) {
        return answers.getOrDefault(requireNonNull(query, "query"), List.of());
    }

    /** Returns whether a text can be an id or a tag in the file of a run: it is not empty and has no white space. */
    public static boolean isColumn(String text) {
        return !text.isEmpty() && text.chars().noneMatch(c -> c == ' ' || (c >= '\t' && c <= '\r'));
    }

    static String requireId(String what, String id) {
        if (!isColumn(requireNonNull(id, what))) {
            throw new GeothermException(
                    what + " '" + id + "': must be without white space and not empty, as columns of a run are");
        }
        return id;
    }

    /** A run that still grows; not safe for use by several threads. */
    public static final class Builder {
        private final String tag;
        private final Map<String, List<Scored>> answers = new LinkedHashMap<>();

        private Builder(String tag) {
            this.tag = tag;
        }

        /**
         * Adds the answers to a query.
         *
         * @param ranking best first; a score is never above the one before it
         * @throws GeothermException if the query was added before, a document stands there twice, or scores rise
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
                            + scored.score + " below one with " + last + "; best first was expected");
                }
                last = scored.score;
            }
            if (answers.putIfAbsent(query, copy) != null) {
                throw new GeothermException("query '" + query + "': was added before");
            }
            return this;
        }

        /** Adds answers in any order and puts them into that of {@code trec_eval}. */
        Builder addUnordered(String query, Collection<Scored> found) {
            List<Scored> ordered = new ArrayList<>(found);
            ordered.sort(Scored.TREC_ORDER);
            return add(query, ordered);
        }

        /** Returns what was added so far. */
        public TrecRun build() {
            return new TrecRun(tag, answers);
        }
    }
}
