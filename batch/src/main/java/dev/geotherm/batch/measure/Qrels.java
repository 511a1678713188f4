package dev.geotherm.batch.measure;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Query relevance judgements ("qrels"): the grades of documents as answers to queries. A document is relevant if its grade
 * is 1 or more.
 *
 * <p>Queries are in the order of their first judgement. Immutable and thread-safe.
 */
public final class Qrels {
    /** The column names in the headers of public collections. */
    private static final Pattern HEADER = Pattern.compile(
            "\\s*(?:query|topic|q)[ _-]?(?:id)?\\s+(?:(?:iteration|iter|q?0|run)\\s+)?"
                    + "(?:corpus|document|doc|passage|p)[ _-]?(?:id|no)?\\s+"
                    + "(?:score|relevance|relevancy|rel|grade|label|judge?ment|rating|qrel)\\s*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|NaN");
    private static final Pattern WHOLE = Pattern.compile("([+-]?\\d+)(?:\\.0*)?");

    private final Map<String, Map<String, Integer>> grades;

    private Qrels(Map<String, Map<String, Integer>> grades) {
        Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
        grades.forEach((query, judged) -> copy.put(query, Collections.unmodifiableMap(new LinkedHashMap<>(judged))));
        this.grades = Collections.unmodifiableMap(copy);
    }

    /** Returns a new builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a file of judgements, which can be an {@link Archive}. The format is TREC's, with the four columns {@code query
     * 0 document grade} separated by white space, or BEIR's, with the three columns {@code query document grade}. BEIR's
     * columns are separated by tabs if the file has a header with tabs, and by white space otherwise. A header is a first
     * line with the names of the columns, as in BEIR ({@code query-id corpus-id score}) or other collections ({@code
     * query_id doc_id relevance}). Blank lines are skipped. A grade can be written as {@code 2} or {@code 2.0}.
     *
     * @throws GeothermException if the file cannot be read, if a row has a different number of columns or a non-integer
     *     grade, or if a pair of query and document occurs twice; the message names the file and line
     */
    public static Qrels read(Path file) {
        Builder builder = builder();
        scan(file, (where, query, document, grade) -> {
            Integer before = builder.put(query, document, grade);
            if (before != null) {
                throw new GeothermException(
                        where + ": document '" + document + "' was judged before for query '" + query + "'");
            }
        });
        return builder.build();
    }

    /**
     * Reads a file like {@link #read}, but row by row, without keeping rows in memory.
     *
     * @throws GeothermException as {@link #read}, except for duplicate rows, which the caller must check
     */
    public static void scan(Path file, RowReader reader) {
        boolean tabs = false;
        try (TextLines lines = TextLines.open(file)) {
            for (String line = lines.nextText(); line != null; line = lines.nextText()) {
                if (lines.number() == 1 && HEADER.matcher(line).matches()) {
                    tabs = line.indexOf('\t') >= 0;
                } else {
                    row(lines, tabs ? line.split("\t", -1) : line.strip().split(TextLines.BLANKS), reader);
                }
            }
        }
    }

    private static void row(TextLines lines, String[] cells, RowReader reader) {
        if (cells.length != 3 && cells.length != 4) {
            String separator = cells.length == 1 && cells[0].indexOf(',') >= 0
                    ? "; convert commas, for example with: tr ',' '\\t'"
                    : "";
            throw lines.failure("has " + cells.length + (cells.length == 1 ? " column" : " columns")
                    + "; expected 'query 0 document grade'," + " or 'query document grade' between tabs" + separator);
        }
        String query = cells[0];
        String document = cells[cells.length - 2];
        String grade = cells[cells.length - 1];
        if (query.isBlank() || document.isBlank()) {
            throw lines.failure("has an empty column; a query, a document and a grade were expected");
        }
        reader.row(lines.where(), query, document, grade(lines, grade.strip()));
    }

    private static int grade(TextLines lines, String grade) {
        Matcher whole = WHOLE.matcher(grade);
        try {
            if (whole.matches()) {
                return Integer.parseInt(whole.group(1));
            }
        } catch (NumberFormatException tooLarge) {
            throw lines.failure("grade '" + grade + "' is not a 32-bit integer");
        }
        String hint = lines.number() == 1 && !NUMBER.matcher(grade).matches()
                ? "; if this line is a header, delete it or name its columns 'query-id corpus-id score'"
                : "; trec_eval would ignore the fraction: write the grade that you mean, such as 0, 1 or 2";
        throw lines.failure("grade '" + grade + "' is not an integer" + hint);
    }

    /** A consumer of the rows of a file of judgements. */
    @FunctionalInterface
    public interface RowReader {
        /** Accepts a row; {@code where} is its file and line for messages. */
        void row(String where, String query, String document, int grade);
    }

    /** Returns the queries with at least one judgement of any grade. */
    public Set<String> queries() {
        return grades.keySet();
    }

    /** Returns the grades for a query, by document; empty for a query without judgements. */
    public Map<String, Integer> grades(String query) {
        return grades.getOrDefault(requireNonNull(query, "query"), Map.of());
    }

    /** A builder of judgements. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a judgement.
         *
         * @throws GeothermException if the document already has a judgement for the query
         */
        public Builder add(String query, String document, int grade) {
            if (put(query, document, grade) != null) {
                throw new GeothermException(
                        "document '" + document + "' was judged before for query '" + query + "'; keep one judgement");
            }
            return this;
        }

        private @Nullable Integer put(String query, String document, int grade) {
            return grades.computeIfAbsent(requireNonNull(query, "query"), key -> new LinkedHashMap<>())
                    .putIfAbsent(requireNonNull(document, "document"), grade);
        }

        /** Returns the judgements added so far. */
        public Qrels build() {
            return new Qrels(grades);
        }
    }
}
