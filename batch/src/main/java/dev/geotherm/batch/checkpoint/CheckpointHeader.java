package dev.geotherm.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.batch.EvaluationException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a journal is of.
 *
 * @param job the job's id
 * @param items how many items its corpus has
 * @param fingerprint the corpus' fingerprint
 */
record JournalHeader(String job, int items, String fingerprint) {
    static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    byte[] toBytes() throws IOException {
        return MAPPER.writeValueAsBytes(MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("job", job)
                .put("items", items)
                .put("fingerprint", fingerprint));
    }

    /** Refuses the header that a file has unless it is this one. */
    void requireSame(byte[] found, Path file) {
        JsonNode header;
        try {
            header = MAPPER.readTree(found);
        } catch (IOException e) {
            throw new EvaluationException("the checkpoint " + file + " has a header that is no JSON", e);
        }
        if (header.path("version").intValue() != VERSION) {
            throw new EvaluationException("the checkpoint " + file + " is of version " + header.path("version")
                    + ", this program reads version " + VERSION
                    + "; finish the job with the program that began it, or delete the file to start again");
        }
        String itsJob = header.path("job").asText();
        if (!itsJob.equals(job)) {
            throw new EvaluationException("the checkpoint " + file + " is of the job '" + itsJob + "', not of '" + job
                    + "'; give this job another output, or delete the file to start again");
        }
        int itsItems = header.path("items").intValue();
        if (itsItems != items || !header.path("fingerprint").asText().equals(fingerprint)) {
            throw new EvaluationException("the corpus has changed since the checkpoint " + file + " was begun: it had "
                    + itsItems + " items then and has " + items + " now"
                    + (itsItems == items ? ", of which some differ" : "")
                    + "; restore the corpus, or delete the file to start again");
        }
    }
}
