package dev.geotherm.cli.quality;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Qrels;
import dev.geotherm.batch.measure.RunCoverage;
import dev.geotherm.batch.measure.TrecRun;
import dev.geotherm.cli.terminal.TerminalText;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A run from a file, with its coverage by the judgements.
 *
 * @param file the file
 * @param tag the run's tag, the last column of the file
 * @param coverage the coverage of the run by the judgements
 */
public record MeasuredRun(String file, String tag, RunCoverage coverage) {
    private static final int LONGEST_NAME = 36;

    /**
     * Returns the run from a file, with its coverage.
     *
     * @throws GeothermException if it answers no judged query
     */
    public static MeasuredRun of(Path file, TrecRun run, Qrels qrels) {
        RunCoverage coverage = RunCoverage.of(qrels, run);
        if (coverage.answeredQueries() == 0) {
            throw new GeothermException(
                    file + ": answers none of the " + coverage.judgedQueries() + " judged queries, such as '"
                            + qrels.queries().iterator().next() + "'; its queries are such as '"
                            + run.queries().iterator().next() + "'");
        }
        return new MeasuredRun(file.toString(), run.tag(), coverage);
    }

    /** Returns the name of the file without its folder, for headings. */
    String shortName() {
        Path name = Path.of(file).getFileName();
        return TerminalText.cutMiddle(name == null ? file : name.toString(), LONGEST_NAME);
    }

    /** Returns the coverage as text. */
    public String covered() {
        return answered() + " judged queries answered, " + judged() + " of the first 10 answers judged" + ignored();
    }

    /** Returns the number of judged queries with an answer, such as {@code 224 of 225}. */
    String answered() {
        return String.format(Locale.ROOT, "%,d of %,d", coverage.answeredQueries(), coverage.judgedQueries());
    }

    /** Returns the share of the first 10 answers that were judged, such as {@code 87 %}. */
    String judged() {
        return String.format(Locale.ROOT, "%.0f %%", 100 * coverage.judgedAnswers());
    }

    private String ignored() {
        int ignored = coverage.ignoredQueries();
        return ignored == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; %,d %s without judgements ignored",
                        ignored,
                        ignored == 1 ? "query" : "queries");
    }
}
