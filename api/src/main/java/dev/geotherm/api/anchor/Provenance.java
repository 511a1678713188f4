package dev.geotherm.api.anchor;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The provenance of an anchor: the fragments that created and reinforced it.
 *
 * @param firstSeen the time of its creation, by the store's clock
 * @param lastSeen the time of its creation or last reinforcement
 * @param utterances the ids of its first fragments, oldest first; their number is limited by the settings
 * @param updates the number of reinforcements
 * @param history the last reinforcements, oldest first; their number is limited by the settings
 * @param context the metadata of the fragment that created it
 */
public record Provenance(
        Instant firstSeen,
        Instant lastSeen,
        List<String> utterances,
        long updates,
        List<Reinforcement> history,
        Map<String, String> context) {

    /** Copies the collections. */
    public Provenance {
        utterances = List.copyOf(utterances);
        history = List.copyOf(history);
        context = Map.copyOf(context);
    }

    /**
     * One reinforcement of an anchor.
     *
     * @param at its time
     * @param utterance the id of the fragment
     * @param similarity the cosine of the fragment's and the anchor's embedding, before the anchor's moved
     */
    public record Reinforcement(Instant at, String utterance, double similarity) {}
}
