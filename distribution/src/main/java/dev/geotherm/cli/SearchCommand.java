package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.engine.SearchHit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code search}: searches a folder of knowledge. */
@Command(
        name = "search",
        description = "Search a folder of knowledge, and print the best passages.",
        footer = GeothermCommand.ENVIRONMENT)
final class SearchCommand implements Callable<Integer> {
    private static final int INDENT = 4;

    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The folder of knowledge.")
    private Path folder;

    @Parameters(index = "1", paramLabel = "QUERY", description = "The words to find.")
    private String query;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "How passages are found and ranked: lexical (BM25), similarity (vectors), fused (both) or time"
                            + " (newest first). Default: fused if the embedder knows meanings, otherwise lexical, as with"
                            + " hashing.")
    private @Nullable RetrievalMode mode;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "The number of passages. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--explain",
            description = "Show the scores of the passages by words and by vectors, and their anchors.")
    private boolean explain;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, was " + limit);
        }
        if (mode == RetrievalMode.NEIGHBOURHOOD || mode == RetrievalMode.PROVENANCE) {
            throw new ParameterException(
                    spec.commandLine(), "--mode must be lexical, similarity, fused or time, was '" + mode + "'");
        }
        Environment environment = parent.environment();
        return options.with(parent, folder, false, (knowledge, progress, cancellation) -> {
            List<SearchHit> hits = mode == null ? knowledge.search(query, limit) : knowledge.search(query, mode, limit);
            List<SearchExplanation> explanations = explain ? SearchExplanation.of(knowledge, query, hits) : List.of();
            if (options.json()) {
                environment.out().println(Json.pretty(json(hits, explanations)));
            } else {
                print(environment, hits, explanations);
            }
            return ExitCode.DONE;
        });
    }

    private static ArrayNode json(List<SearchHit> hits, List<SearchExplanation> explanations) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (int i = 0; i < hits.size(); i++) {
            SearchHit hit = hits.get(i);
            ObjectNode json = array.addObject()
                    .put("rank", i + 1)
                    .put("score", hit.score())
                    .put("source", hit.source())
                    .put("document", hit.document())
                    .put("title", hit.title())
                    .put("start", hit.start())
                    .put("end", hit.end())
                    .put("text", hit.text());
            if (hit.anchor() != null) {
                json.put("anchor", hit.anchor().value());
            }
            if (!explanations.isEmpty()) {
                json.set("explanation", explanations.get(i).toJson());
            }
        }
        return array;
    }

    private void print(Environment environment, List<SearchHit> hits, List<SearchExplanation> explanations) {
        int columns = environment.columns();
        for (int i = 0; i < hits.size(); i++) {
            SearchHit hit = hits.get(i);
            String title = hit.title().isBlank() || hit.text().startsWith(hit.title()) ? "" : "  " + hit.title();
            line(
                    environment,
                    String.format(Locale.ROOT, "%2d  %s%s  (%.4f)", i + 1, hit.document(), title, hit.score()),
                    columns);
            line(environment, " ".repeat(INDENT) + hit.text().strip().replaceAll("\\s+", " "), 2 * columns);
            if (!explanations.isEmpty()) {
                line(
                        environment,
                        " ".repeat(INDENT) + explanations.get(i) + ", characters " + hit.start() + " to " + hit.end()
                                + " of " + hit.source(),
                        2 * columns);
            }
        }
        if (hits.isEmpty()) {
            environment.complain("nothing found");
        }
    }

    private static void line(Environment environment, String text, int columns) {
        environment.out().println(TerminalText.safe(TerminalText.cut(text, columns)));
    }
}
