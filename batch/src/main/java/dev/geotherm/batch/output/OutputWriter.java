package dev.geotherm.batch.output;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.storage.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A writer of complete outputs, which replaces an old output atomically. */
public final class OutputWriter {
    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] OK = ascii(",\"status\":\"ok\",\"value\":");
    private static final byte[] OK_END = ascii("}\n");
    private static final byte[] FAILED = ascii(",\"status\":\"failed\",");
    private static final byte[] FAILED_END = ascii("\n");

    private OutputWriter() {}

    /** Writes the outcomes of all items in corpus order, or throws and leaves the old output unchanged. */
    public static void write(OutputFiles files, List<? extends EvaluationItem<?>> items, OutcomeReader outcomes)
            throws IOException {
        try (AtomicFile file = AtomicFile.open(files.output(), files.partial())) {
            OutputStream out = file.out();
            for (int i = 0; i < items.size(); i++) {
                out.write(ID);
                out.write(Outcome.toBytes(TextNode.valueOf(items.get(i).id())));
                writeOutcome(outcomes.read(i), out);
            }
            file.commit();
        }
    }

    private static void writeOutcome(Outcome outcome, OutputStream out) throws IOException {
        byte[] json = outcome.json();
        if (outcome.failed()) {
            out.write(FAILED);
            out.write(json, 1, json.length - 1); // without the opening brace: the members go into the line's object
            out.write(FAILED_END);
        } else {
            out.write(OK);
            out.write(json);
            out.write(OK_END);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
