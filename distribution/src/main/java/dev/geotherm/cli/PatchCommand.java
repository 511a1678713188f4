package dev.geotherm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.cli.state.Input;
import dev.geotherm.cli.state.Output;
import dev.geotherm.cli.state.OutputFormat;
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

/** The command {@code patch}: applies a delta to a document. */
@Command(
        name = "patch",
        description = {
            "Apply a delta to a JSON document and print the result.",
            "All or nothing: a delta that does not fit is refused with the change that does not fit."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:applied",
            "1:failed: a file cannot be read, is not JSON or not a delta, or the delta does not fit",
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
            converter = OutputFormat.Converter.class,
            completionCandidates = OutputFormat.DeltaNames.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: recognized by the content; an object is a merge"
                    + " patch.")
    private @Nullable OutputFormat format;

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
        } else if (format != null && format.delta() == null) {
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
            DeltaFormat chosen = format == null ? null : format.delta();
            DeltaFormat form = chosen == null ? DeltaFormat.of(bytes) : chosen;
            return form.codec().against(from).decode(bytes).applyTo(from);
        } catch (DeltaException misfit) {
            throw changes.wrong(misfit);
        }
    }
}
