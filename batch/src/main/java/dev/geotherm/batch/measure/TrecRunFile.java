package dev.geotherm.batch.measure;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TrecRun.Scored;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.FailureReason;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The file format of a run, with its six columns: reading and writing. */
final class TrecRunFile {
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_A_NUMBER = Pattern.compile("[+-]?nan.*", Pattern.CASE_INSENSITIVE);

    private TrecRunFile() {}

    static TrecRun read(Path file) {
        Map<String, Map<String, Scored>> found = new LinkedHashMap<>();
        String tag = "";
        try (TextLines lines = TextLines.open(file)) {
            for (String line = lines.nextText(); line != null; line = lines.nextText()) {
                String[] cells = line.strip().split(TextLines.BLANKS);
                if (cells.length != 6) {
                    throw lines.failure(
                            "has " + cells.length + " columns, expected the six of 'query Q0 document rank score tag'");
                }
                for (int id : List.of(0, 2, 5)) {
                    if (!TrecRun.isColumn(cells[id])) {
                        throw lines.failure(
                                "'" + cells[id] + "' has a control character; write ids and the tag without");
                    }
                }
                Scored scored = scored(lines, cells[2], cells[4]);
                if (found.computeIfAbsent(cells[0], query -> new LinkedHashMap<>())
                                .putIfAbsent(scored.document(), scored)
                        != null) {
                    throw lines.failure("document '" + cells[2] + "' is ranked twice for query '" + cells[0] + "'");
                }
                tag = tag.isEmpty() ? cells[5] : tag;
            }
        }
        if (found.isEmpty()) {
            throw new GeothermException(file + ": is empty, expected lines 'query Q0 document rank score tag'");
        }
        TrecRun.Builder run = TrecRun.builder(tag);
        found.forEach((query, answers) -> run.addUnordered(query, answers.values()));
        return run.build();
    }

    private static Scored scored(TextLines lines, String document, String score) {
        if (INFINITE.matcher(score).matches()) { // infinity as C writes it becomes the best or worst score of a run
            return new Scored(document, score.startsWith("-") ? -Float.MAX_VALUE : Float.MAX_VALUE);
        }
        if (NOT_A_NUMBER.matcher(score).matches()) {
            throw lines.failure("score '" + score + "' has no place in an order; trec_eval ranks it at random."
                    + " Write a number, for example the lowest score for documents without one");
        }
        try {
            return new Scored(document, Float.parseFloat(score));
        } catch (NumberFormatException notANumber) {
            throw lines.failure("score '" + score + "' is not a number");
        } catch (GeothermException refused) {
            throw lines.failure(String.valueOf(refused.getMessage()));
        }
    }

    static void write(TrecRun run, Path file) {
        try (AtomicFile target = AtomicFile.open(file)) {
            Writer out = new BufferedWriter(new OutputStreamWriter(target.out(), StandardCharsets.UTF_8));
            for (String query : run.queries()) {
                write(run, query, out);
            }
            out.flush();
            target.commit();
        } catch (IOException failure) {
            throw new GeothermException("cannot write the run " + file + ": " + FailureReason.of(failure), failure);
        }
    }

    private static void write(TrecRun run, String query, Writer out) throws IOException {
        int rank = 0;
        float last = Float.POSITIVE_INFINITY;
        for (Scored scored : run.answers(query)) {
            float score = (float) scored.score();
            last = score < last ? score : Math.nextDown(last);
            if (Float.isInfinite(last)) {
                throw new GeothermException("query '" + query + "': document '" + scored.document()
                        + "' has the lowest possible score, so it cannot be lowered; scale the scores up");
            }
            rank++;
            out.write(query + " Q0 " + scored.document() + " " + rank + " " + last + " " + run.tag() + "\n");
        }
    }
}
