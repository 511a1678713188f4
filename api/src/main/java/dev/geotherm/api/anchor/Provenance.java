package dev.geotherm.api.anchor;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The provenance of an anchor: its passages. One of them is its leader, the others reinforce it.
 *
 * @param firstSeen the earliest time at which one of its passages was ingested
 * @param lastSeen the latest such time
 * @param utterances the ids of its passages, sorted; if the settings limit their number, the first ones
 * @param updates the number of reinforcements: the number of its passages, less one
 * @param history the last reinforcements, oldest first, those of the same time ordered by id; their number is limited by
 *     the settings
 * @param context the metadata of its leader
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
     * One reinforcement of an anchor: a passage other than its leader.
     *
     * @param at the time at which the passage was ingested
     * @param utterance the id of the passage
     * @param similarity the cosine of its embedding and the leader's
     */
    public record Reinforcement(Instant at, String utterance, double similarity) {}
}
