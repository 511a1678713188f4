package dev.geotherm.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Pointer;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.testkit.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand subscribers, ten of which never read. */
@Timeout(300)
class ManySubscribersTest {
    private static final int SUBSCRIBERS = 1000;
    private static final int STUCK = 10;

    @Test
    void blockedSubscribers_delayNeitherWriterNorOthers() {
        CountDownLatch end = new CountDownLatch(1);
        try (TreeDiffer differ = differ("64KiB")) {
            TrackedState state =
                    differ.track(JsonNodeFactory.instance.objectNode().put("n", 0));
            List<StateReplica> replicas = new ArrayList<>();
            List<StateUpdate> stuck = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                if (i % (SUBSCRIBERS / STUCK) == 0) {
                    state.subscribe(update -> {
                        synchronized (stuck) {
                            stuck.add(update);
                        }
                        waitFor(end);
                    });
                } else {
                    StateReplica replica = differ.replica();
                    replicas.add(replica);
                    state.subscribe(replica::apply);
                }
            }
            int revisions = 2_000;
            for (int i = 1; i <= revisions; i++) {
                int value = i;
                state.edit(editor -> editor.set(Pointer.of("n"), IntNode.valueOf(value))
                        .set(Pointer.of("text"), TextNode.valueOf((value + ",").repeat(200))));
            }
            await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> {
                synchronized (stuck) {
                    return stuck.size() == STUCK;
                }
            });
            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> replicas.stream().allMatch(replica -> replica.revision() == revisions));
            assertThat(replicas).noneMatch(StateReplica::needsSnapshot);
            // Only the state's history is kept for subscribers that never read.
            assertThat(keptRevisions(state)).isLessThan(64);
            end.countDown();
        }
    }

    private static long keptRevisions(TrackedState state) {
        long kept = 0;
        while (kept < state.revision() && state.since(state.revision() - kept - 1) instanceof RevisionDelta) {
            kept++;
        }
        return kept;
    }

    private static TreeDiffer differ(String history) {
        return new TreeDiffer(
                Settings.of(TreeDifferSettings.class, Map.of("historyBytes", history)),
                ComponentContext.standalone("many"));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
