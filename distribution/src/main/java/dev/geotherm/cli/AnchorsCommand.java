package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.cli.terminal.TextTable;
import dev.geotherm.engine.AnchorChanges;
import dev.geotherm.engine.Knowledge;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code anchors}: lists the anchors of a knowledge folder. */
@Command(
        name = "anchors",
        description = "List the anchors of a knowledge folder, or their changes.",
        footer = GeothermCommand.ENVIRONMENT)
final class AnchorsCommand implements Callable<Integer> {
    private static final int TEXT = 60;

    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The knowledge folder.")
    private Path folder;

    @ArgGroup
    private @Nullable View view;

    /** The exclusive group of options that selects what to list. */
    static final class View {
        @Option(names = "--hot", description = "The hottest anchors. This is the default.")
        private boolean hot;

        @Option(
                names = "--since",
                paramLabel = "REVISION",
                description = "The anchors that were added, changed or removed after a revision of the state.")
        private @Nullable Long since;

        @Option(names = "--clusters", description = "Groups of similar anchors, largest first.")
        @SuppressWarnings("UnusedVariable") // never read: the remaining case of the exclusive group
        private boolean clusters;
    }

    @Option(
            names = "--similarity",
            paramLabel = "COSINE",
            defaultValue = "0.7",
            description = "Minimum cosine of two anchors in a cluster. Default: ${DEFAULT-VALUE}.")
    private double similarity;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "The number of anchors or clusters. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, was " + limit);
        }
        Environment environment = parent.environment();
        return options.with(parent, folder, false, (knowledge, progress, cancellation) -> {
            View chosen = view;
            if (chosen == null || chosen.hot) {
                hot(environment, knowledge);
            } else if (chosen.since != null) {
                changes(environment, knowledge, chosen.since);
            } else {
                clusters(environment, knowledge);
            }
            return ExitCode.DONE;
        });
    }

    private void hot(Environment environment, Knowledge knowledge) {
        List<Anchor> anchors = knowledge.anchors().stream()
                .sorted(Comparator.comparingDouble(Anchor::heat).reversed().thenComparing(Anchor::id))
                .limit(limit)
                .toList();
        if (options.json()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            anchors.forEach(anchor -> array.add(json(anchor)));
            environment.out().println(Json.pretty(array));
            return;
        }
        TextTable table = new TextTable(environment.styledOut(), "anchor", "heat", "passages", "last seen", "text");
        anchors.forEach(anchor -> row(table, anchor));
        environment.out().print(table);
    }

    private static void row(TextTable table, Anchor anchor) {
        table.row(
                anchor.id(),
                String.format(Locale.ROOT, "%.3f", anchor.heat()),
                String.format(Locale.ROOT, "%,d", anchor.provenance().updates() + 1),
                anchor.provenance().lastSeen().toString(),
                TerminalText.cut(anchor.text().strip().replaceAll("\\s+", " "), TEXT));
    }

    private static ObjectNode json(Anchor anchor) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", anchor.id().value())
                .put("heat", anchor.heat())
                .put("drift", anchor.drift())
                .put("passages", anchor.provenance().updates() + 1)
                .put("firstSeen", anchor.provenance().firstSeen().toString())
                .put("lastSeen", anchor.provenance().lastSeen().toString())
                .put("text", anchor.text());
    }

    private void changes(Environment environment, Knowledge knowledge, long since) {
        AnchorChanges changes;
        try {
            changes = knowledge.changedSince(since);
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), "--since: " + unknown.getMessage(), unknown);
        }
        if (options.json()) {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.put("since", changes.since()).put("revision", changes.revision());
            changes.changed().forEach(id -> json.withArray("changed").add(id.value()));
            changes.removed().forEach(id -> json.withArray("removed").add(id.value()));
            environment.out().println(Json.pretty(json));
            return;
        }
        Map<AnchorId, Anchor> byId =
                knowledge.anchors().stream().collect(Collectors.toMap(Anchor::id, Function.identity()));
        TextTable table = new TextTable(environment.styledOut(), "anchor", "since " + since, "text");
        changes.changed().stream().limit(limit).forEach(id -> {
            Anchor anchor = byId.get(id);
            table.row(
                    id,
                    "changed",
                    anchor == null ? "" : TerminalText.cut(anchor.text().strip(), TEXT));
        });
        changes.removed().stream().limit(limit).forEach(id -> table.row(id, "removed", ""));
        environment.out().print(table);
        environment
                .out()
                .println(String.format(
                        Locale.ROOT,
                        "%,d changed, %,d removed; the newest revision is %d",
                        changes.changed().size(),
                        changes.removed().size(),
                        changes.revision()));
    }

    private void clusters(Environment environment, Knowledge knowledge) {
        List<Cluster> clusters =
                knowledge.clusters(similarity).stream().limit(limit).toList();
        if (options.json()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            for (Cluster cluster : clusters) {
                ObjectNode json = array.addObject().put("heat", cluster.heat());
                cluster.members().forEach(id -> json.withArray("members").add(id.value()));
            }
            environment.out().println(Json.pretty(array));
            return;
        }
        Map<AnchorId, Anchor> byId =
                knowledge.anchors().stream().collect(Collectors.toMap(Anchor::id, Function.identity()));
        TextTable table = new TextTable(environment.styledOut(), "anchors", "heat", "first one", "text");
        for (Cluster cluster : clusters) {
            AnchorId first = cluster.members().get(0);
            Anchor anchor = byId.get(first);
            table.row(
                    cluster.members().size(),
                    String.format(Locale.ROOT, "%.3f", cluster.heat()),
                    first,
                    anchor == null ? "" : TerminalText.cut(anchor.text().strip(), TEXT));
        }
        environment.out().print(table);
    }
}
