package dev.geotherm.anchors.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Evicted;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.pool.striped.StripedPoolsFactory;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnchorEvictionTest {
    private final SettableClock clock = new SettableClock();

    /** Ids in the order of their priority. */
    private final List<String> ids = IntStream.range(0, 5)
            .mapToObj(number -> new StoredPassage("p" + number, "", Map.of(), 0))
            .sorted()
            .map(passage -> passage.id)
            .toList();

    /**
     * The first anchor is old because of one passage. The end of its leader makes a follower of another anchor lead, for which the
     * eviction needs a pooled anchor, and so a second turn. Without that passage, the first anchor is no longer old then.
     */
    @Test
    void evict_finishesInALaterTurnWhatItBegan() {
        try (ObjectPools pools = new StripedPoolsFactory()
                        .create(
                                Settings.defaults(StripedPoolsSettings.class),
                                ComponentContext.standalone("eviction-pool"));
                StateDiffer differ = new TreeDiffer(
                        Settings.defaults(TreeDifferSettings.class), ComponentContext.standalone("eviction-differ"));
                MemoryAnchors store = new MemoryAnchors(
                        Settings.of(
                                MemoryAnchorsSettings.class,
                                Map.of("maxAge", "10d", "evictionHeat", "0", "consolidation", "0.8")),
                        ComponentContext.standalone("eviction")
                                .withClock(clock)
                                .with(ObjectPools.class, pools)
                                .with(StateDiffer.class, differ))) {
            String leader = ids.get(0);
            String promoted = ids.get(1);
            String demoted = ids.get(2);
            String old = ids.get(3);
            String other = ids.get(4);
            ingest(store, old, 0);
            clock.advance(Duration.ofDays(1));
            ingest(store, other, 180);
            clock.advance(Duration.ofDays(10));
            ingest(store, leader, 0);
            ingest(store, promoted, 30);
            ingest(store, demoted, 55);
            AnchorId first = store.anchorOf(leader).orElseThrow();
            AnchorId second = store.anchorOf(other).orElseThrow();
            assertThat(store.anchorOf(old)).contains(first);
            assertThat(store.anchorOf(promoted)).isEqualTo(store.anchorOf(demoted));
            clock.advance(Duration.ofDays(1));

            Evicted evicted = store.evict();

            assertThat(evicted.anchors()).containsExactlyInAnyOrder(first, second);
            assertThat(List.of(old, leader, other))
                    .allMatch(id -> store.anchorOf(id).isEmpty());
            assertThat(store.anchorOf(demoted))
                    .isEqualTo(store.anchorOf(promoted))
                    .isPresent();
            assertThat(store.size()).isEqualTo(1);
        }
    }

    private void ingest(MemoryAnchors store, String id, double degrees) {
        float[] vector = {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))};
        store.ingest(new Fragment<>(id, "text of " + id, Priority.NORMAL, clock.instant(), Map.of()), vector);
    }
}
