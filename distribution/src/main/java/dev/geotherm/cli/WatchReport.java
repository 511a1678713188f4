package dev.geotherm.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.engine.IngestionResult;
import dev.geotherm.engine.KnowledgeWatch;
import dev.geotherm.engine.Progress;
import dev.geotherm.engine.corpus.Corpus;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * A listener that reports a watch: one line for each ingestion that changed something or, in JSON, for each ingestion and
 * each failure.
 */
final class WatchReport implements KnowledgeWatch.Listener {
    private final Environment environment;
    private final boolean json;
    private final Progress progress;
    private final Consumer<IngestionResult> complaint;
    private boolean first = true;

    /**
     * Creates a report.
     *
     * @param progress the progress display of the first ingestion, unused afterwards
     * @param complaint reports the dead letters of an ingestion
     */
    WatchReport(Environment environment, boolean json, Progress progress, Consumer<IngestionResult> complaint) {
        this.environment = environment;
        this.json = json;
        this.progress = progress;
        this.complaint = complaint;
    }

    @Override
    public void onIngested(Corpus corpus, IngestionResult result) {
        if (first) {
            progress.begin(() -> new Progress.Step("", "", 0, 0, 0, ""));
        }
        if (json) {
            ObjectNode line = event();
            line.setAll((ObjectNode) Json.MAPPER.valueToTree(result));
            corpus.notes().forEach(line.putArray("notes")::add);
            print(line);
        } else if (first || result.added() + result.changed() + result.removed() > 0) {
            environment
                    .out()
                    .println(now() + "  "
                            + IngestCommand.documents(
                                    result.added(), result.changed(), result.removed(), result.unchanged()));
            environment.out().flush();
        }
        if (first) {
            corpus.notes().forEach(note -> environment.complain("note: " + note));
        }
        complaint.accept(result);
        first = false;
    }

    @Override
    public void onFailure(GeothermException failure) {
        if (json) {
            print(event().put("failure", failure.getMessage()));
        }
        environment.complain(failure.getMessage() + "; the ingestion will be retried");
    }

    private static ObjectNode event() {
        return Json.MAPPER.createObjectNode().put("at", now().toString());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Prints one line and flushes it, because the reader of a pipe waits for it. */
    private void print(ObjectNode event) {
        try {
            environment.out().println(TerminalText.safeJson(Json.MAPPER.writeValueAsString(event)));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
        environment.out().flush();
    }
}
