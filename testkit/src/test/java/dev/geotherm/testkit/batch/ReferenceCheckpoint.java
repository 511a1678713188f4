package dev.geotherm.testkit.batch;

import dev.geotherm.api.batch.EvaluationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** A checkpoint of lines: a checksum of the rest of the line, the index of the item, its line of the output. */
final class ReferenceCheckpoint {
    final TreeMap<Integer, String> lines = new TreeMap<>();
    private final Path file;

    ReferenceCheckpoint(Path file, String job, byte[] corpus, Set<Flaw> flaws) throws IOException {
        this.file = file;
        String header = seal(
                "job " + job.length() + " " + job + " corpus " + new String(corpus, StandardCharsets.UTF_8) + "\n");
        byte[] found = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        String text = new String(found, StandardCharsets.UTF_8);
        int end = text.indexOf('\n') + 1;
        if (end == 0 && header.startsWith(text)) {
            Files.writeString(file, header);
            return;
        }
        String first = text.substring(0, end);
        if (!isSealed(first)) {
            throw new EvaluationException(file + " is damaged or not a checkpoint");
        }
        boolean sameJob = first.substring(9).startsWith("job " + job.length() + " " + job + " ");
        if (!sameJob && !flaws.contains(Flaw.JOB_IS_NOT_CHECKED)) {
            throw new EvaluationException(file + " does not belong to job " + job);
        }
        if (sameJob && !first.equals(header) && !flaws.contains(Flaw.CORPUS_IS_NOT_CHECKED)) {
            throw new EvaluationException("the corpus has changed since " + file);
        }
        load(text, end, flaws);
    }

    private void load(String text, int from, Set<Flaw> flaws) throws IOException {
        int at = from;
        while (at < text.length()) {
            int end = text.indexOf('\n', at) + 1;
            boolean last = end == 0 || end == text.length();
            String line = text.substring(at, end == 0 ? text.length() : end);
            if (!isSealed(line)) {
                if (!last && !flaws.contains(Flaw.DAMAGE_ENDS_THE_CHECKPOINT)
                        || flaws.contains(Flaw.INCOMPLETE_RECORD_IS_REFUSED)) {
                    throw new EvaluationException(file + " is damaged");
                }
                break;
            }
            int space = line.indexOf(' ', 9);
            lines.put(Integer.parseInt(line.substring(9, space)), line.substring(space + 1));
            at = end;
        }
        if (at < text.length() && !flaws.contains(Flaw.INCOMPLETE_RECORD_STAYS)) {
            Files.writeString(file, text.substring(0, at));
        }
    }

    void add(int index, String line) throws IOException {
        Files.writeString(file, seal(index + " " + line), StandardOpenOption.APPEND);
        lines.put(index, line);
    }

    private static String seal(String rest) {
        CRC32 sum = new CRC32();
        sum.update(rest.getBytes(StandardCharsets.UTF_8));
        return "%08x %s".formatted(sum.getValue(), rest);
    }

    private static boolean isSealed(String line) {
        return line.length() > 9 && line.equals(seal(line.substring(9)));
    }
}
