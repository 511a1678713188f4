package dev.geotherm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.cli.state.Input;
import dev.geotherm.cli.state.Output;
import dev.geotherm.cli.state.OutputFormat;
import dev.geotherm.cli.state.SeparateFiles;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.diff.codec.DeltaFormat;
import dev.geotherm.diff.codec.StateText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code patch}: applies a delta to a document. */
@Command(
        name = "patch",
        description = {
            "Apply a delta to a JSON document and print the result.",
            "The delta is applied as a whole or not at all; if it does not apply, the message names the change."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:applied",
            "1:failed: a file cannot be read or is not valid, or the delta does not apply",
            "2:invalid command line",
            "3:out of memory; raise the limit, for example with GEOTHERM_OPTS=-Xmx2g"
        })
final class PatchCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "STATE", description = "The document to patch; - is stdin.")
    private String state;

    @Parameters(index = "1", paramLabel = "DELTA", description = "The delta, as written by geotherm diff; - is stdin.")
    private String delta;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = OutputFormat.Converter.class,
            completionCandidates = OutputFormat.DeltaNames.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: recognised by the content; an object is a merge"
                    + " patch.")
    private @Nullable OutputFormat format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the result to FILE, which appears complete or not at all and can be STATE."
                    + " Default: stdout.")
    private @Nullable Path out;

    @Option(
            names = "--lines",
            description = "STATE is a value on each line (NDJSON), which DELTA sees as an array; so is the result.")
    private boolean lines;

    @Override
    public Integer call() {
        Input before = new Input(state, parent.environment().in());
        Input changes = new Input(delta, parent.environment().in());
        if (before.isStandard() && changes.isStandard()) {
            throw new ParameterException(spec.commandLine(), "stdin can be STATE or DELTA, not both");
        } else if (format != null && format.delta() == null) {
            throw new ParameterException(spec.commandLine(), "a summary cannot be applied");
        }
        SeparateFiles files = new SeparateFiles(spec.commandLine()); // not STATE, which may be replaced
        changes.file().ifPresent(file -> files.input("DELTA", file));
        files.result("--out", out);
        JsonNode from = before.state(lines);
        JsonNode to = applied(from, changes);
        if (to.isMissingNode()) {
            throw changes.wrong(
                    new GeothermException("it removes the whole document; replace '' instead, or delete the file"));
        }
        if (lines && !to.isArray()) {
            throw changes.wrong(new GeothermException("the result is not an array, so --lines cannot write it"));
        }
        try {
            Output.write(out, parent.environment().out().stream(), stream -> {
                for (JsonNode value : lines ? to : List.of(to)) {
                    StateText.write(value, stream);
                    stream.write('\n');
                }
            });
        } catch (DeltaException inexpressible) {
            throw changes.wrong(inexpressible);
        }
        return ExitCode.DONE;
    }

    private JsonNode applied(JsonNode from, Input changes) {
        byte[] bytes = changes.bytes();
        try {
            DeltaFormat chosen = format == null ? null : format.delta();
            DeltaFormat form = chosen == null ? recognised(bytes) : chosen;
            return form.codec().apply(bytes, from);
        } catch (DeltaException misfit) {
            throw changes.wrong(misfit);
        }
    }

    private static DeltaFormat recognised(byte[] bytes) {
        try {
            return DeltaFormat.of(bytes);
        } catch (DeltaException unclear) {
            StateText.read(bytes); // throws with the reason if the text is not JSON
            throw new DeltaException(unclear.getMessage() + " with --format", unclear);
        }
    }
}
