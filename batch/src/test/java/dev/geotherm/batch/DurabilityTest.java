package dev.geotherm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must survive a loss of power is forced to disk, in the order that leaves no gap. A process runs a job, and its system
 * calls are recorded.
 */
final class DurabilityTest {
    private static final Pattern FORCE = Pattern.compile("f(?:data)?sync\\(\\d+<([^>]*)>");
    private static final Pattern RENAME = Pattern.compile("rename(?:at2?)?\\(.*\"([^\"]+)\".*\"([^\"]+)\"");
    private static final Pattern DELETE = Pattern.compile("(?:unlink(?:at)?|rmdir)\\(.*\"([^\"]+)\"");

    @TempDir
    Path folder;

    @Test
    void output_isOnDiskBeforeTheCheckpointIsDeleted() throws Exception {
        assumeTrue(isTraced(), "strace is not installed, or may not trace processes");
        List<String> calls = calls();
        int output = calls.indexOf("force results.jsonl.partial");
        int renamed = calls.indexOf("rename results.jsonl.partial results.jsonl");
        int named = indexAfter(calls, renamed, "force " + folder.getFileName());
        int deleted = firstDeletion(calls);

        assertThat(calls.subList(0, output))
                .as("items 1 to 10, 11 to 20")
                .filteredOn(each -> each.endsWith(".log"))
                .filteredOn(each -> each.startsWith("force"))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(output).as("the content of the output, in %s", calls).isNotNegative();
        assertThat(renamed).as("its name, in %s", calls).isGreaterThan(output);
        assertThat(named).as("its name on disk, in %s", calls).isGreaterThan(renamed);
        assertThat(deleted).as("the checkpoint, in %s", calls).isGreaterThan(named);
    }

    private static int indexAfter(List<String> calls, int after, String call) {
        int found = calls.subList(after + 1, calls.size()).indexOf(call);
        return found < 0 ? -1 : found + after + 1;
    }

    private static int firstDeletion(List<String> calls) {
        return IntStream.range(0, calls.size())
                .filter(i -> calls.get(i).startsWith("delete") && calls.get(i).endsWith(".log"))
                .findFirst()
                .orElse(-1);
    }

    private static boolean isTraced() throws IOException, InterruptedException {
        try {
            return run(List.of("strace", "-o", "/dev/null", "true")) == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Returns the forces, renames and deletions of a process, with the names of the files. */
    private List<String> calls() throws IOException, InterruptedException {
        Path trace = folder.resolveSibling(folder.getFileName() + ".trace");
        try {
            int code = run(List.of(
                    "strace",
                    "-f",
                    "-y",
                    "-qq",
                    "-e",
                    "trace=fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir",
                    "-o",
                    trace.toString(),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DurabilityTest.class.getName(),
                    folder.resolve("results.jsonl").toString()));
            assertThat(code).isZero();
            List<String> calls = new ArrayList<>();
            for (String line : Files.readAllLines(trace)) {
                add(calls, "force", FORCE.matcher(line));
                add(calls, "rename", RENAME.matcher(line));
                add(calls, "delete", DELETE.matcher(line));
            }
            return calls;
        } finally {
            Files.deleteIfExists(trace);
        }
    }

    private static void add(List<String> calls, String kind, Matcher call) {
        if (call.find()) {
            StringBuilder named = new StringBuilder(kind);
            for (int i = 1; i <= call.groupCount(); i++) {
                named.append(' ').append(Path.of(call.group(i)).getFileName());
            }
            calls.add(named.toString());
        }
    }

    /** The process: evaluates twenty items, and forces the checkpoint after ten. */
    public static void main(String[] arguments) throws InterruptedException {
        List<EvaluationItem<String>> items = IntStream.range(0, 20)
                .mapToObj(i -> new EvaluationItem<>("item-" + i, "text " + i))
                .toList();
        EvaluationJob<String, String> job = new EvaluationJob<>(
                "job",
                items,
                batch -> batch.stream().map(EvaluationItem::input).toList(),
                TextNode::valueOf,
                Path.of(arguments[0]),
                EvaluationMode.SEQUENTIAL,
                EvaluationListener.none());
        try (LocalEvaluator evaluator = new LocalEvaluator(
                new LocalEvaluatorSettings(5, 1, 0, 10), ComponentContext.standalone("durability"))) {
            System.exit(evaluator.start(job).await().status() == Status.COMPLETED ? 0 : 1);
        }
    }
}
