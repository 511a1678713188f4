package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.cli.terminal.TextTable;
import dev.geotherm.engine.VerificationReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code verify}: checks all data in a knowledge folder against each other. */
@Command(
        name = "verify",
        description = "Check that all data in a knowledge folder is consistent: checksums, ledger, passages, anchors"
                + " computed again, deltas and state.",
        footer = GeothermCommand.ENVIRONMENT)
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Parameters(paramLabel = "FOLDER", description = "The knowledge folder.")
    private Path folder;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        Environment environment = parent.environment();
        return options.with(parent, folder, false, (knowledge, progress, cancellation) -> {
            VerificationReport report = knowledge.verify(progress, cancellation);
            if (options.json()) {
                ObjectNode json = Json.MAPPER.valueToTree(report);
                environment.out().println(Json.pretty(json));
            } else {
                print(environment, report);
            }
            report.problems().forEach(environment::complain);
            return report.isSound() ? ExitCode.DONE : ExitCode.FAILED;
        });
    }

    private static void print(Environment environment, VerificationReport report) {
        TextTable table = new TextTable(environment.styledOut(), "part", "checked");
        table.row("documents", format("%,d (%,d incomplete)", report.documents(), report.incomplete()));
        table.row("passages", format("%,d", report.passages()));
        table.row("anchors", format("%,d, computed again from the passages", report.anchors()));
        table.row("state", format("revision %d, %,d revisions replayed", report.revision(), report.revisions()));
        table.row(
                "result",
                report.isSound()
                        ? "everything is consistent"
                        : format("%,d problems", report.problems().size()));
        environment.out().print(table);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
