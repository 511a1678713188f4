package dev.geotherm.cli;

import dev.geotherm.cli.terminal.TextTable;
import dev.geotherm.engine.Cancellation;
import dev.geotherm.engine.DeadChunk;
import dev.geotherm.engine.Knowledge;
import dev.geotherm.engine.Progress;
import dev.geotherm.engine.ReplayResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code dead-letters}: lists, replays or purges the chunks that could not be ingested. */
@Command(
        name = "dead-letters",
        description = {
            "List the chunks that could not be ingested into a knowledge folder, with their errors.",
            "They are kept until they are ingested, by --replay or by the next ingestion of their source, or removed."
        },
        footer = GeothermCommand.ENVIRONMENT)
final class DeadLettersCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The knowledge folder.")
    private Path folder;

    @Option(
            names = "--replay",
            description = "Ingest the chunks again. The exit code is 1 if some fail again; they are kept.")
    private boolean replay;

    @Option(names = "--purge", description = "Remove all dead letters. Their documents count as changed.")
    private boolean purge;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        if (replay && purge) {
            throw new ParameterException(spec.commandLine(), "--replay cannot be combined with --purge");
        }
        return options.with(parent, folder, false, (knowledge, progress, cancellation) -> {
            if (replay) {
                return replay(knowledge, progress, cancellation);
            } else if (purge) {
                long purged = knowledge.purgeDeadLetters();
                print(Map.of("purged", purged), String.format(Locale.ROOT, "removed %,d dead letters", purged));
            } else {
                list(knowledge.deadLetters());
            }
            return ExitCode.DONE;
        });
    }

    private int replay(Knowledge knowledge, Progress progress, Cancellation cancellation) throws InterruptedException {
        ReplayResult result = knowledge.replayDeadLetters(progress, cancellation);
        print(
                result,
                String.format(
                        Locale.ROOT,
                        "ingested %,d chunks; %,d failed again, %,d were obsolete",
                        result.replayed(),
                        result.failed(),
                        result.obsolete()));
        return result.failed() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void list(List<DeadChunk> letters) {
        if (options.json()) {
            parent.environment().out().println(Json.pretty(Json.MAPPER.valueToTree(letters)));
            return;
        }
        if (letters.isEmpty()) {
            parent.environment().out().println("no dead letters");
            return;
        }
        TextTable table =
                new TextTable(parent.environment().styledOut(), "document", "chunk", "failed", "attempts", "error");
        for (DeadChunk letter : letters) {
            table.row(letter.document(), letter.number(), letter.at(), letter.attempts(), letter.error());
        }
        parent.environment().out().print(table);
    }

    private void print(Object json, String text) {
        parent.environment().out().println(options.json() ? Json.pretty(Json.MAPPER.valueToTree(json)) : text);
    }
}
