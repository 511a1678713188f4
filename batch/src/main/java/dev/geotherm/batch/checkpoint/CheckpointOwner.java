package dev.geotherm.batch.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.batch.EvaluationItem;
import java.util.List;

/**
 * The owner of a checkpoint: a job over a corpus.
 *
 * @param job the job's id
 * @param items the number of items in its corpus
 * @param fingerprint the fingerprint of the corpus
 */
public record CheckpointOwner(String job, int items, String fingerprint) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Returns the owner for a job and its corpus. */
    public static CheckpointOwner of(String job, List<? extends EvaluationItem<?>> items) {
        return new CheckpointOwner(job, items.size(), CorpusFingerprint.of(items));
    }

    /** Returns the owner as JSON. */
    String toJson() {
        return MAPPER.createObjectNode()
                .put("job", job)
                .put("items", items)
                .put("fingerprint", fingerprint)
                .toString();
    }

    /** Returns a message that says why a checkpoint with another owner cannot be resumed, and what to do. */
    String mismatch(String foundJson) {
        JsonNode found;
        try {
            found = MAPPER.readTree(foundJson);
        } catch (JsonProcessingException e) {
            return "it belongs to something else; delete it to start over";
        }
        String itsJob = found.path("job").asText();
        if (!itsJob.equals(job)) {
            return "it belongs to the job '" + itsJob + "', not to '" + job
                    + "'; give this job another output, or delete the checkpoint to start over";
        }
        int itsItems = found.path("items").intValue();
        return "the corpus has changed since it was created: it had " + itsItems + " items and has " + items + " now"
                + (itsItems == items ? ", some of them different" : "")
                + "; restore the corpus, or delete the checkpoint to start over";
    }
}
