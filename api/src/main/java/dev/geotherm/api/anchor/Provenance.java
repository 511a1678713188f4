package dev.geotherm.api.anchor;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where an anchor comes from.
 *
 * @param firstSeen when it was created, by the store's clock
 * @param lastSeen when it was created or reinforced last
 * @param utterances the ids of the fragments that made it, in that order; as many of the first as the settings keep
 * @param updates how often it was reinforced
 * @param history the last reinforcements, as many as the settings keep, oldest first
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
     * One reinforcement.
     *
     * @param at when
     * @param utterance by which fragment
     * @param similarity the cosine of the fragment's embedding and the anchor's
     */
    public record Reinforcement(Instant at, String utterance, double similarity) {}
}
