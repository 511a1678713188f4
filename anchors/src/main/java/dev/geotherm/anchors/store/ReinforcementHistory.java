package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.Provenance.Reinforcement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The reinforcements of an anchor: its passages except the leader, in the order of time. */
final class ReinforcementHistory {
    private static final Comparator<StoredPassage> BY_TIME =
            Comparator.comparingLong((StoredPassage passage) -> passage.at).thenComparing(passage -> passage.id);

    private ReinforcementHistory() {}

    /** Returns the latest reinforcements of an anchor, at most the given number. */
    static List<Reinforcement> last(PooledAnchor anchor, AnchorGraph graph, int keep) {
        if (anchor.updates() == 0 || keep == 0) {
            return List.of();
        }
        StoredPassage leader = anchor.leader();
        StoredPassage[] all = anchor.passages(graph);
        Arrays.sort(all, BY_TIME);
        List<Reinforcement> last = new ArrayList<>();
        for (int i = all.length - 1; i >= 0 && last.size() < keep; i--) {
            if (all[i] != leader) {
                int row = all[i].row;
                float similarity = row == leader.row ? 1 : graph.similarity(row);
                last.add(new Reinforcement(EpochNanos.toInstant(all[i].at), all[i].id, similarity));
            }
        }
        Collections.reverse(last);
        return last;
    }
}
