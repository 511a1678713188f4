package dev.geotherm.batch.measure;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TrecRun.Scored;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The file of a run. */
final class TrecRunFile {
    private TrecRunFile() {}

    static TrecRun read(Path file) {
        Map<String, Map<String, Scored>> found = new LinkedHashMap<>();
        String tag = "";
        try (TextLines lines = TextLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) {
                    continue;
                }
                String[] cells = line.strip().split(TextLines.BLANKS);
                if (cells.length != 6) {
                    throw lines.failure(
                            "has " + cells.length + " columns; expected were 'query Q0 document rank score tag'");
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
            throw new GeothermException(file + ": is empty; lines 'query Q0 document rank score tag' were expected");
        }
        TrecRun.Builder run = TrecRun.builder(tag);
        found.forEach((query, answers) -> run.addUnordered(query, answers.values()));
        return run.build();
    }

    private static Scored scored(TextLines lines, String document, String score) {
        try {
            return new Scored(document, Float.parseFloat(score));
        } catch (NumberFormatException notANumber) {
            throw lines.failure("score '" + score + "' is no number");
        } catch (GeothermException refused) {
            throw lines.failure(String.valueOf(refused.getMessage()));
        }
    }

    static void write(TrecRun run, Path file) {
        Path target = file.toAbsolutePath();
        if (target.getFileName() == null || Files.isDirectory(target)) {
            throw new GeothermException(file + ": is a folder; the name of a file was expected");
        }
        Path draft = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(draft, CREATE, TRUNCATE_EXISTING, WRITE)) {
                Writer out = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
                for (String query : run.queries()) {
                    write(run, query, out);
                }
                out.flush();
                channel.force(true);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException failure) {
            throw new GeothermException(file + ": the run cannot be written (" + failure + ")", failure);
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
                        + "' has a score for which no lower one is left; scale the scores up");
            }
            rank++;
            out.write(query + " Q0 " + scored.document() + " " + rank + " " + last + " " + run.tag() + "\n");
        }
    }
}
