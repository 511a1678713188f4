package dev.geotherm.anchors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.geotherm.anchors.vector.HyperplaneIndex;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PooledAnchorTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final MemoryAnchorsSettings SETTINGS = Settings.defaults(MemoryAnchorsSettings.class);
    private static final AnchorId ID = new AnchorId("a-1");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant NEXT_DAY = NOON.plus(Duration.ofDays(1));
    private static final Fragment<String> FRAGMENT =
            new Fragment<>("f", "text", Priority.NORMAL, NOON, Map.of("source", "s"));
    private static final int DIMENSION = 64;

    private final Allocator<PooledAnchor> allocator = PooledAnchor.allocatorOf(DIMENSION);
    private final PooledAnchor anchor = allocate();
    private final HyperplaneIndex<PooledAnchor> index = new HyperplaneIndex<>(DIMENSION);

    private PooledAnchor allocate() {
        try {
            return allocator.allocate();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static float[] unit(long seed) {
        Random random = new Random(seed);
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return VectorMath.unit(vector, "test");
    }

    /** The life of an anchor in a store, but for what the store makes itself: id, unit vector, place in its tables. */
    private void live(float[] first, float[] second) throws Exception {
        anchor.begin(ID, FRAGMENT, "text", first, NOON, SETTINGS);
        for (int i = 0; i < 20; i++) {
            anchor.reinforce("utterance", second, 0.9, NOON, SETTINGS);
        }
        anchor.decay(NEXT_DAY, SETTINGS);
        allocator.reset(anchor);
    }

    @Test
    void begin_secondLifeAllocatesNothing() throws Exception {
        float[] first = unit(1);
        float[] second = unit(2);
        for (int i = 0; i < 20_000; i++) {
            live(first, second);
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            live(first, second);
        }
        // What the JIT makes of Duration is not ours to promise: less than one object in ten lives.
        assertThat((THREADS.getCurrentThreadAllocatedBytes() - before) / 10_000.0)
                .isLessThan(2.4);
    }

    @Test
    void clear_anchorIsEmptyAndReusable() throws Exception {
        float[] array = anchor.embedding();
        anchor.begin(ID, FRAGMENT, "text", unit(1), NOON, SETTINGS);
        index.add(anchor.entry());
        anchor.reinforce("utterance", unit(2), 0.9, NOON, SETTINGS);
        index.moved(anchor.entry());
        anchor.shown = 2;
        index.remove(anchor.entry());
        allocator.reset(anchor);

        assertThat(anchor.isEmpty()).isTrue();
        assertThat(anchor.shown).isEqualTo(-1);
        assertThat(anchor.isZero()).isFalse();
        assertThat(anchor)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*history", ".*utterances", ".*utterancesView") // their room is kept
                .isEqualTo(allocate());
        assertThat(anchor.history()).isEmpty();
        assertThat(anchor.utterances()).isEmpty();

        anchor.begin(ID, FRAGMENT, "text", unit(3), NOON, SETTINGS);
        index.add(anchor.entry());
        assertThat(anchor.embedding()).isSameAs(array).isSameAs(anchor.entry().vector());
        assertThat(anchor.drift()).isZero();
        assertThat(index.entries()).containsExactly(anchor.entry());
    }

    @Test
    void sizeInBytes_isThatOfTheJvm() throws Exception {
        PooledAnchor[] made = new PooledAnchor[1_000];
        long before = 0;
        for (int round = 0; round < 2; round++) { // the first loads classes
            before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < made.length; i++) {
                made[i] = allocator.allocate();
            }
        }
        double each = (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) made.length;
        assertThat((double) allocator.sizeInBytes(made[0])).isCloseTo(each, within(16.0));
    }
}
