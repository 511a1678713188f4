package dev.geotherm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.diff.DeltaSummary;
import dev.geotherm.cli.state.ChangeList;
import dev.geotherm.cli.state.Input;
import dev.geotherm.cli.state.Output;
import dev.geotherm.cli.state.SummaryTable;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.codec.DeltaFormat;
import dev.geotherm.diff.compare.KeyCheck;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Says what changed from one state to another. */
@Command(
        name = "diff",
        description = {
            "Find what changed from one JSON document to another.",
            "On a terminal a summary is shown; into a file or a pipe goes the delta, which geotherm patch applies."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:compared, whether or not anything differs",
            "1:failed: a file cannot be read, or is no JSON",
            "2:the command line is wrong",
            "3:out of memory; give more by GEOTHERM_OPTS=-Xmx2g or the like",
            "4:with --exit-code: compared, and something differs"
        },
        footerHeading = "%nFormats:%n",
        footer = {
            "  summary      for people: counts, places, and the first changes",
            "  delta        each change as JSON, with what was there before",
            "  json-patch   RFC 6902",
            "  merge-patch  RFC 7396; arrays as a whole, and no null in an object",
            "  binary       the smallest; geotherm patch needs the very state A",
            GeothermCommand.ENVIRONMENT
        })
final class DiffCommand implements Callable<Integer> {
    private static final int DIFFERENT = 4;
    private static final int FIRST_CHANGES = 40;

    /** What comes out. */
    enum Format {
        SUMMARY,
        DELTA,
        JSON_PATCH,
        MERGE_PATCH,
        BINARY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Reads the name of a format as it is shown. */
    static final class FormatName implements ITypeConverter<Format> {
        @Override
        public Format convert(String name) {
            for (Format format : Format.values()) {
                if (format.toString().equalsIgnoreCase(name)) {
                    return format;
                }
            }
            throw new TypeConversionException(
                    "expected summary, delta, json-patch, merge-patch or binary, was '" + name + "'");
        }
    }

    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "The document before; - is stdin.")
    private String before;

    @Parameters(index = "1", paramLabel = "B", description = "The document after; - is stdin.")
    private String after;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatName.class,
            description = "summary, delta, json-patch, merge-patch or binary."
                    + " Default: summary on a terminal, delta elsewhere.")
    private @Nullable Format format;

    @Option(
            names = "--key",
            paramLabel = "PATH=MEMBER",
            description = "The member that tells the elements of the array at PATH apart, such as /items=id;"
                    + " * in the path is any step, ** any number of them. May be given several times.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--ignore",
            paramLabel = "PATH",
            description = "A path that does not count, such as /**/timestamp. May be given several times.")
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
            description = "The file for the result, which appears complete or not at all. Default: stdout.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Format chosen = format();
        Input a = new Input(before);
        Input b = new Input(after);
        if (a.isStandard() && b.isStandard()) {
            throw new ParameterException(spec.commandLine(), "stdin can be A or B, not both");
        }
        try (TreeDiffer differ = new TreeDiffer(settings(), ComponentContext.standalone("diff"))) {
            CompletableFuture<JsonNode> readingAfter = CompletableFuture.supplyAsync(b::state);
            JsonNode stateBefore = a.state();
            JsonNode stateAfter = result(readingAfter);
            StateDelta delta = differ.diff(stateBefore, stateAfter);
            for (String problem : KeyCheck.problems(keys, stateBefore, stateAfter)) {
                parent.environment().err().println("geotherm: --key " + problem);
            }
            if (chosen == Format.SUMMARY) {
                String text = summary(differ, delta);
                Output.write(out, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
            } else {
                DeltaFormat form = DeltaFormat.valueOf(chosen.name());
                byte[] bytes = form.codec().against(stateBefore).encode(delta);
                Output.write(out, stream -> {
                    stream.write(bytes);
                    if (form != DeltaFormat.BINARY) {
                        stream.write('\n');
                    }
                });
            }
            return exitCode && !delta.isEmpty() ? DIFFERENT : ExitCode.DONE;
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

    private Format format() {
        if (json) {
            if (format != null && format != Format.SUMMARY) {
                throw new ParameterException(spec.commandLine(), "--json is for the summary, not for " + format);
            }
            return Format.SUMMARY;
        }
        boolean terminal = out == null && parent.environment().outIsTerminal();
        if (format == Format.BINARY && terminal) {
            throw new ParameterException(
                    spec.commandLine(), "a terminal cannot show binary; give --out FILE or a pipe");
        }
        return format != null ? format : terminal ? Format.SUMMARY : Format.DELTA;
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
                        option + " takes no path with a comma, was '" + value + "'; use * for the step");
            }
        }
        return String.join(",", values);
    }

    private String summary(TreeDiffer differ, StateDelta delta) {
        DeltaSummary summary = differ.summarize(delta);
        if (json) {
            return Json.pretty(describe(summary)) + "\n";
        }
        if (delta.isEmpty()) {
            return SummaryTable.of(summary);
        }
        boolean styled = out == null && parent.environment().styledOut();
        return SummaryTable.of(summary) + "\n"
                + new ChangeList(styled).of(delta, all ? Integer.MAX_VALUE : FIRST_CHANGES);
    }

    private static ObjectNode describe(DeltaSummary summary) {
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
        return described;
    }
}
