package dev.geotherm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.cli.state.Input;
import dev.geotherm.cli.state.Output;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.diff.codec.DeltaFormat;
import dev.geotherm.diff.codec.StateText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Applies a delta to a state. */
@Command(
        name = "patch",
        description = {
            "Apply a delta to a JSON document and print the result.",
            "All or nothing: a delta that does not fit is refused, and the change that does not is named."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:applied",
            "1:failed: a file cannot be read, is no JSON or no delta, or the delta does not fit",
            "2:the command line is wrong",
            "3:out of memory; give more by GEOTHERM_OPTS=-Xmx2g or the like"
        })
final class PatchCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "STATE", description = "The document before; - is stdin.")
    private String state;

    @Parameters(index = "1", paramLabel = "DELTA", description = "What geotherm diff printed; - is stdin.")
    private String delta;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = DiffCommand.FormatName.class,
            description = "delta, json-patch, merge-patch or binary. Default: told by the content;"
                    + " an object is a merge patch.")
    private DiffCommand.@Nullable Format format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file for the result, which appears complete or not at all; it may be STATE."
                    + " Default: stdout.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Input before = new Input(state);
        Input changes = new Input(delta);
        if (before.isStandard() && changes.isStandard()) {
            throw new ParameterException(spec.commandLine(), "stdin can be STATE or DELTA, not both");
        } else if (format == DiffCommand.Format.SUMMARY) {
            throw new ParameterException(spec.commandLine(), "a summary cannot be applied");
        }
        JsonNode from = before.state();
        JsonNode to = applied(from, changes);
        if (to.isMissingNode()) {
            throw changes.wrong(
                    new GeothermException(
                            "it removes the whole document, and nothing is left to write; replace '' instead, or delete the file"));
        }
        parent.environment().out().flush();
        Output.write(out, stream -> {
            StateText.write(to, stream);
            stream.write('\n');
        });
        return ExitCode.DONE;
    }

    private JsonNode applied(JsonNode from, Input changes) {
        byte[] bytes = changes.bytes();
        try {
            DeltaFormat form = format == null ? DeltaFormat.of(bytes) : DeltaFormat.valueOf(format.name());
            return form.codec().against(from).decode(bytes).applyTo(from);
        } catch (DeltaException misfit) {
            throw changes.wrong(misfit);
        }
    }
}
