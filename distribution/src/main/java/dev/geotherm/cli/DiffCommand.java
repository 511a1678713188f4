package dev.geotherm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.cli.state.ChangeList;
import dev.geotherm.cli.state.Input;
import dev.geotherm.cli.state.KeyNotes;
import dev.geotherm.cli.state.Output;
import dev.geotherm.cli.state.OutputFormat;
import dev.geotherm.cli.state.SeparateFiles;
import dev.geotherm.cli.state.SummaryTable;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.KeyHint;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.diff.codec.DeltaFormat;
import dev.geotherm.diff.codec.StateText;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code diff}: compares two documents. */
@Command(
        name = "diff",
        description = {
            "Compare two JSON documents.",
            "Prints a summary to a terminal; writes the delta to a file or a pipe, for geotherm patch to apply."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:compared, whether or not anything differs",
            "1:failed: a file cannot be read or is not JSON",
            "2:invalid command line",
            "3:out of memory; raise the limit, for example with GEOTHERM_OPTS=-Xmx2g",
            "4:with --exit-code: compared, and something differs"
        },
        footerHeading = "%nFormats:%n")
final class DiffCommand implements Callable<Integer> {
    private static final int FIRST_CHANGES = 40;

    @ParentCommand
    private GeothermCommand parent;

    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Receives the specification and adds the formats to its help. */
    @Spec
    void spec(CommandSpec given) {
        spec = given;
        List<String> footer = new ArrayList<>(OutputFormat.help());
        footer.add(GeothermCommand.ENVIRONMENT);
        spec.usageMessage().footer(footer.toArray(String[]::new));
    }

    @Parameters(index = "0", paramLabel = "A", description = "The earlier document; - is stdin.")
    private String before;

    @Parameters(index = "1", paramLabel = "B", description = "The later document; - is stdin.")
    private String after;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = OutputFormat.Converter.class,
            completionCandidates = OutputFormat.Names.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: summary to a terminal, delta otherwise.")
    private @Nullable OutputFormat format;

    @Option(
            names = "--key",
            paramLabel = "PATH=MEMBER",
            description =
                    "The member that identifies the elements of the array at PATH, such as /items=id; in the path, * is any"
                            + " step and ** any number of steps. Repeatable.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--ignore",
            paramLabel = "PATH",
            description = "A path to ignore, such as /**/timestamp. Repeatable.")
    private List<String> ignored = new ArrayList<>();

    @Option(
            names = "--all",
            description = "Show every change in the summary, not only the first " + FIRST_CHANGES + ".")
    private boolean all;

    @Option(names = "--exit-code", description = "End with 4 if anything differs.")
    private boolean exitCode;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the result to FILE, which appears complete or not at all. Default: stdout.")
    private @Nullable Path out;

    @Option(
            names = "--lines",
            description = "Each document is a value on each line (NDJSON, JSON Lines), compared as an array.")
    private boolean lines;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        OutputFormat chosen = format();
        Input a = new Input(before, parent.environment().in());
        Input b = new Input(after, parent.environment().in());
        if (a.isStandard() && b.isStandard()) {
            throw new ParameterException(spec.commandLine(), "stdin can be A or B, not both");
        }
        SeparateFiles files = new SeparateFiles(spec.commandLine());
        a.file().ifPresent(file -> files.input("A", file));
        b.file().ifPresent(file -> files.input("B", file));
        files.result("--out", out);
        try (TreeDiffer differ = new TreeDiffer(settings(), ComponentContext.standalone("diff"))) {
            CompletableFuture<JsonNode> readingAfter = CompletableFuture.supplyAsync(() -> b.state(lines));
            JsonNode stateBefore = a.state(lines);
            JsonNode stateAfter = result(readingAfter);
            Map<Pointer, String> matched = new LinkedHashMap<>();
            StateDelta delta = differ.diff(stateBefore, stateAfter, matched::put);
            for (String problem : differ.ineffectiveKeys(stateBefore, stateAfter)) {
                parent.environment().err().println("geotherm: --key " + problem);
            }
            DeltaFormat form = chosen.delta();
            OutputStream stdout = parent.environment().out().stream();
            if (form == null) {
                String text = summary(differ, delta, stateBefore, stateAfter, matched);
                Output.write(out, stdout, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
            } else {
                byte[] bytes = form.encode(delta, stateBefore, stateAfter);
                if (form == DeltaFormat.MERGE_PATCH) {
                    checkRecognition(bytes, stateBefore);
                }
                Output.write(out, stdout, stream -> {
                    stream.write(bytes);
                    if (form.isText()) {
                        stream.write('\n');
                    }
                });
            }
            return exitCode && !delta.isEmpty() ? ExitCode.CONDITION : ExitCode.DONE;
        }
    }

    /**
     * Refuses a merge patch that {@code patch} would mistake for a delta of another format. If {@code patch} cannot detect
     * the format, prints how to apply the merge patch.
     */
    private void checkRecognition(byte[] mergePatch, JsonNode before) {
        DeltaFormat recognised;
        try {
            recognised = DeltaFormat.of(mergePatch);
        } catch (DeltaException ambiguous) {
            parent.environment()
                    .err()
                    .println("geotherm: to apply this merge patch, geotherm patch needs --format merge-patch");
            return;
        }
        boolean leavesEmptyArray = before.isArray()
                && before.isEmpty()
                && StateText.read(mergePatch).equals(before);
        if (recognised != DeltaFormat.MERGE_PATCH && !leavesEmptyArray) {
            throw new GeothermException("as a merge patch, the later document would be read as a " + recognised.id()
                    + ", which means something else; use --format delta or json-patch");
        }
    }

    private static JsonNode result(CompletableFuture<JsonNode> reading) {
        try {
            return reading.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private OutputFormat format() {
        if (json) {
            if (format != null && format.delta() != null) {
                throw new ParameterException(spec.commandLine(), "--json prints the summary, not " + format);
            }
            return OutputFormat.SUMMARY;
        }
        boolean terminal = out == null && parent.environment().outIsTerminal();
        OutputFormat chosen =
                format != null ? format : terminal ? OutputFormat.SUMMARY : new OutputFormat(DeltaFormat.DELTA);
        if (terminal && chosen.delta() != null && !chosen.delta().isText()) {
            throw new ParameterException(
                    spec.commandLine(), "a terminal cannot show " + chosen + "; use --out FILE or a pipe");
        }
        return chosen;
    }

    private TreeDifferSettings settings() {
        Map<String, String> texts = new HashMap<>(Map.of("depthLimit", "10000", "compressionPolicy", "size"));
        if (!keys.isEmpty()) {
            texts.put("identityKeys", list("--key", keys));
        }
        if (!ignored.isEmpty()) {
            texts.put("ignoredPaths", list("--ignore", ignored));
        }
        try {
            return Settings.of(TreeDifferSettings.class, texts);
        } catch (SettingsException wrong) {
            String problems = wrong.problems().stream()
                    .map(problem ->
                            problem.toString().replace("identityKeys", "--key").replace("ignoredPaths", "--ignore"))
                    .reduce((one, next) -> one + "\n  " + next)
                    .orElse("");
            throw new ParameterException(spec.commandLine(), problems, wrong);
        }
    }

    private String list(String option, List<String> values) {
        for (String value : values) {
            if (value.indexOf(',') >= 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " does not support commas in paths, was '" + value + "'; use * for the step");
            }
        }
        return String.join(",", values);
    }

    private String summary(
            TreeDiffer differ, StateDelta delta, JsonNode before, JsonNode after, Map<Pointer, String> matched) {
        DeltaSummary summary = differ.summarize(delta);
        KeyHint hint = differ.keyHint(before, after);
        if (json) {
            return Json.pretty(describe(summary, matched, hint)) + "\n";
        }
        int columns = parent.environment().columns();
        if (delta.isEmpty()) {
            return SummaryTable.of(summary, columns);
        }
        boolean styled = out == null && parent.environment().styledOut();
        return SummaryTable.of(summary, columns) + "\n"
                + KeyNotes.of(matched, hint, columns)
                + new ChangeList(styled, columns)
                        .of(delta, before, matched, keyMembers(), all ? Integer.MAX_VALUE : FIRST_CHANGES);
    }

    private List<String> keyMembers() {
        return keys.stream().map(key -> key.substring(key.lastIndexOf('=') + 1)).toList();
    }

    private static ObjectNode describe(DeltaSummary summary, Map<Pointer, String> matched, @Nullable KeyHint hint) {
        ObjectNode described = Json.MAPPER
                .createObjectNode()
                .put("changes", summary.changes())
                .put("category", summary.category().name().toLowerCase(Locale.ROOT))
                .put("averageMagnitude", summary.averageMagnitude())
                .put("deltaBytes", summary.deltaBytes())
                .put("encodedBytes", summary.encodedBytes())
                .put("compressionRatio", summary.compressionRatio())
                .put("encodeSeconds", summary.encodeTime().toNanos() / 1e9);
        ObjectNode counts = described.putObject("counts");
        summary.counts().forEach((kind, count) -> counts.put(kind.name().toLowerCase(Locale.ROOT), count));
        ArrayNode paths = described.putArray("paths");
        summary.paths().forEach(path -> paths.add(path.toString()));
        ObjectNode keys = described.putObject("matchedBy");
        matched.forEach((array, key) -> keys.put(array.toString(), key));
        if (hint != null) {
            described.putObject("keyHint").put("key", hint.rule()).put("deltaBytes", hint.bytesWithRule());
        }
        return described;
    }
}
