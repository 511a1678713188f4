package dev.geotherm.anchors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.Allocator;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PooledAnchorTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final MemoryAnchorsSettings SETTINGS = Settings.defaults(MemoryAnchorsSettings.class);
    private static final int DIMENSION = 64;
    private static final long NOON = Duration.ofDays(20_000).toNanos();

    private final Allocator<PooledAnchor> allocator = PooledAnchor.allocator();
    private final AnchorGraph graph = new AnchorGraph(DIMENSION, 0.8);
    private final Random random = new Random(1);
    private final StoredPassage leader = passage("leader", NOON);
    private final StoredPassage follower = passage("follower", NOON + 1);

    PooledAnchorTest() {
        graph.attach(leader.row, leader.row, 1);
        graph.attach(follower.row, leader.row, 0.9f);
    }

    /** Adds a passage with a random vector to the graph. */
    private StoredPassage passage(String id, long at) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        float[] unit = VectorMath.unit(vector, "test");
        StoredPassage passage = new StoredPassage(id, "text of " + id, Map.of(), at);
        passage.row = graph.rows.stage(unit, graph.rows.sketch(unit));
        graph.add(passage.row, passage);
        return passage;
    }

    private void beginWithTwoVectors(PooledAnchor anchor) {
        anchor.begin(leader);
        anchor.addRow(graph, leader.row, SETTINGS);
        anchor.addRow(graph, follower.row, SETTINGS);
        anchor.settle(graph, SETTINGS);
    }

    /** Returns the bytes that this thread allocates for one of many equal lives of an anchor, after the first. */
    private static double bytesOfALife(Life life) throws Exception {
        for (int i = 0; i < 200; i++) { // what loads classes
            life.live();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
            life.live();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / 1_000.0;
    }

    @FunctionalInterface
    private interface Life {
        void live() throws Exception;
    }

    @Test
    void begin_laterLifeAllocatesOnlyTheId() throws Exception {
        PooledAnchor anchor = allocator.allocate();
        double idOnly = bytesOfALife(leader::anchorId);

        double whole = bytesOfALife(() -> {
            beginWithTwoVectors(anchor);
            allocator.reset(anchor);
        });

        assertThat(whole).isCloseTo(idOnly, within(1.0));
    }

    @Test
    void embedding_laterLifeAllocatesOnlyWhatItReturns() throws Exception {
        PooledAnchor anchor = allocator.allocate();
        double results = bytesOfALife(() -> {
            beginWithTwoVectors(anchor);
            anchor.passages(graph);
            graph.rows.copy(leader.row);
            allocator.reset(anchor);
        });

        double whole = bytesOfALife(() -> {
            beginWithTwoVectors(anchor);
            anchor.embedding(graph);
            allocator.reset(anchor);
        });

        assertThat(whole).as("the sums are used again").isCloseTo(results, within(1.0));
    }

    @Test
    void reset_anchorIsLikeANewOne() throws Exception {
        PooledAnchor anchor = allocator.allocate();
        beginWithTwoVectors(anchor);
        anchor.embedding(graph);
        anchor.remove(graph, follower);
        anchor.add(graph, passage("earlier", NOON - 1), SETTINGS);
        anchor.invalidate();
        anchor.expiry = 1;
        anchor.queueIndex = 2;
        anchor.index = 3;
        anchor.unsettled = true;
        anchor.revision = 4;
        anchor.notedHeat = 0.5;
        anchor.shown = true;

        allocator.reset(anchor);

        assertThat(anchor.isEmpty()).isTrue();
        assertThat(anchor)
                .usingRecursiveComparison()
                .ignoringFields("sums") // its room is kept
                .isEqualTo(allocator.allocate());
    }

    @Test
    void reset_nextLifeIsThatOfANewAnchor() throws Exception {
        PooledAnchor used = allocator.allocate();
        beginWithTwoVectors(used);
        used.embedding(graph);
        allocator.reset(used);
        PooledAnchor fresh = allocator.allocate();
        beginWithTwoVectors(used);
        beginWithTwoVectors(fresh);

        assertThat(used.copy(graph, NOON + 2, SETTINGS))
                .usingRecursiveComparison()
                .isEqualTo(fresh.copy(graph, NOON + 2, SETTINGS));
        assertThat(used).usingRecursiveComparison().isEqualTo(fresh);
    }

    @Test
    void sizeInBytes_isThatOfTheJvm() throws Exception {
        PooledAnchor[] anchors = new PooledAnchor[1_000];
        double empty = bytesOfEach(() -> Arrays.setAll(anchors, i -> allocate()), anchors.length);
        assertThat((double) allocator.sizeInBytes(anchors[0])).isCloseTo(empty, within(16.0));

        for (PooledAnchor anchor : anchors) {
            beginWithTwoVectors(anchor);
        }
        long before = allocator.sizeInBytes(anchors[0]);
        anchors[0].embedding(graph);
        assertThat(allocator.sizeInBytes(anchors[0]) - before)
                .as("sums of %d numbers", DIMENSION)
                .isEqualTo(16 + 8L * DIMENSION);
    }

    private static double bytesOfEach(Runnable work, int count) {
        work.run(); // loads classes
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) count;
    }

    private PooledAnchor allocate() {
        try {
            return allocator.allocate();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
