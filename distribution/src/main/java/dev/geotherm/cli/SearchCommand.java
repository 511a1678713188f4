package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Weights;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.engine.ExplainedSearchHit;
import dev.geotherm.engine.SearchHit;
import dev.geotherm.engine.SearchRequest;
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

/** The command {@code search}: searches a knowledge folder. */
@Command(
        name = "search",
        description = "Search a knowledge folder, and print the best passages.",
        footer = GeothermCommand.ENVIRONMENT)
final class SearchCommand implements Callable<Integer> {
    private static final String INDENT = "    ";

    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The knowledge folder.")
    private Path folder;

    @Parameters(
            index = "1",
            paramLabel = "QUERY",
            arity = "0..1",
            defaultValue = "",
            description = "The words to find; may be omitted for time, neighbourhood and provenance.")
    private String query;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "How passages are found and ranked: lexical (BM25), similarity (vectors), fused (both by rank), weighted"
                            + " (both by score), time (newest first), neighbourhood (of --anchor), provenance (of"
                            + " --document) or composite (several by --weights). Default: fused if the embedder is semantic,"
                            + " otherwise (as with hashing) lexical.")
    private @Nullable RetrievalMode mode;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "The number of passages. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--weights",
            paramLabel = "WEIGHTS",
            defaultValue = "",
            description = "The weights of what fused, weighted and composite combine, for example"
                    + " lexical=0.6,similarity=0.3,time=0.1; only their ratios matter. Default: retrieval.weights.")
    private String weights;

    @Option(names = "--anchor", paramLabel = "ANCHOR", description = "The anchor for the mode neighbourhood.")
    private @Nullable String anchor;

    @Option(names = "--document", paramLabel = "ID", description = "The document for the mode provenance.")
    private @Nullable String document;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = "",
            description = "The source of --document, as the hits name it.")
    private String source;

    @Option(
            names = "--explain",
            description = "Show the ranks and scores of the passages in each ranking, the words that match, and their"
                    + " anchors.")
    private boolean explain;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, was " + limit);
        }
        SearchRequest request = request();
        Environment environment = parent.environment();
        return options.with(parent, folder, false, (knowledge, progress, cancellation) -> {
            List<ExplainedSearchHit> explained = explain ? knowledge.explain(request) : List.of();
            List<SearchHit> hits =
                    explain ? explained.stream().map(ExplainedSearchHit::hit).toList() : knowledge.search(request);
            List<SearchExplanation> explanations = explained.stream()
                    .map(hit -> new SearchExplanation(hit.explanation()))
                    .toList();
            if (options.json()) {
                environment.out().println(Json.pretty(json(hits, explanations)));
            } else {
                print(environment, hits, explanations);
            }
            return ExitCode.DONE;
        });
    }

    private SearchRequest request() {
        SearchRequest request = SearchRequest.of(query, mode, limit);
        try {
            if (!weights.isEmpty()) {
                request = request.withWeights(Weights.parse(weights));
            }
            request = anchor == null ? request : request.near(new AnchorId(anchor));
            request = document == null ? request : request.inDocument(source, document);
            request.check();
            return request;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "" + wrong.getMessage(), wrong);
        }
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
            line(environment, INDENT + hit.text().strip().replaceAll("\\s+", " "), 2 * columns);
            if (!explanations.isEmpty()) {
                explanations.get(i).toTable(false).lines().forEach(each -> line(environment, INDENT + each, columns));
                String known =
                        hit.anchor() == null ? "" : "anchor " + hit.anchor().value() + ", ";
                line(
                        environment,
                        INDENT + known + "characters " + hit.start() + " to " + hit.end() + " of " + hit.source(),
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
