package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;

/**
 * The marker of a commit of the passage index, with the ends of the other files of the same commit.
 *
 * @param format the version of this format
 * @param version the version number of the index's ledger and delta log; a compaction rewrites both under the next number
 * @param settings the settings that determine chunks and vectors
 * @param anchorSettings the settings that, together with the passages, determine the anchors
 * @param ledger the end of the ledger
 * @param deltas the end of the delta log
 * @param revision the revision of the state
 * @param state the fingerprint of the state; empty before the first revision
 * @param decayed the time of the last decay, which is the time of the heats in the state; empty before the first decay
 */
record Marker(
        int format,
        long version,
        String settings,
        String anchorSettings,
        long ledger,
        long deltas,
        long revision,
        String state,
        String decayed) {
    private static final int FORMAT = 1;

    /** Returns the marker of an empty store. */
    static Marker initial(long version, String settings, String anchorSettings, long revision) {
        return new Marker(FORMAT, version, settings, anchorSettings, 0, 0, revision, "", "");
    }

    static Marker parse(String text) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException damaged) {
            throw new GeothermException("the marker of the knowledge is damaged: " + text, damaged);
        }
        int format = json.path("format").asInt();
        if (format != FORMAT) {
            throw new GeothermException("the knowledge has format " + format + ", expected " + FORMAT
                    + "; use the version of Geotherm that wrote it");
        }
        return new Marker(
                format,
                json.path("version").asLong(),
                json.path("settings").asText(),
                json.path("anchorSettings").asText(),
                json.path("ledger").asLong(),
                json.path("deltas").asLong(),
                json.path("revision").asLong(),
                json.path("state").asText(),
                json.path("decayed").asText());
    }

    @Override
    public String toString() {
        return Json.MAPPER
                .createObjectNode()
                .put("format", format)
                .put("version", version)
                .put("settings", settings)
                .put("anchorSettings", anchorSettings)
                .put("ledger", ledger)
                .put("deltas", deltas)
                .put("revision", revision)
                .put("state", state)
                .put("decayed", decayed)
                .toString();
    }
}
