package dev.geotherm.anchors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Provenance;
import dev.geotherm.api.anchor.Provenance.Reinforcement;
import dev.geotherm.api.pool.Allocator;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MutableAnchorTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final AnchorId ID = new AnchorId("a-1");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456789Z");
    private static final Map<String, String> CONTEXT = Map.of("source", "s", "offset", "7");

    private static MutableAnchor begun(float... embedding) {
        return new MutableAnchor(4).begin(ID, "text", embedding, 0.2, NOON, CONTEXT);
    }

    /** A life as a store gives it: 40 utterances, 40 reinforcements of which ten are kept. */
    private static void live(MutableAnchor anchor, float[] embedding) {
        anchor.begin(ID, "text", embedding, 0.2, NOON, CONTEXT);
        for (int i = 0; i < 40; i++) {
            anchor.addUtterance("utterance");
            anchor.reinforced(NOON, "utterance", 0.9, 10);
        }
        anchor.heat(0.5);
        anchor.drift(0.1);
        anchor.clear();
    }

    @Test
    void begin_fillsTheAnchor() {
        MutableAnchor anchor = begun(1, 2, 3, 4);
        Anchor copy = anchor.copy();
        assertThat(copy.id()).isEqualTo(ID);
        assertThat(copy.text()).isEqualTo("text");
        assertThat(copy.embedding()).containsExactly(1, 2, 3, 4);
        assertThat(copy.heat()).isEqualTo(0.2);
        assertThat(copy.drift()).isZero();
        assertThat(copy.provenance()).isEqualTo(new Provenance(NOON, NOON, List.of(), 0, List.of(), CONTEXT));
    }

    @Test
    void copy_hasTheProvenance() {
        MutableAnchor anchor = begun(1, 2, 3, 4);
        anchor.addUtterance("f1");
        anchor.addUtterance("f2");
        for (int i = 1; i <= 25; i++) {
            anchor.reinforced(NOON.plusSeconds(i), "f" + i, i / 100.0, 3);
        }
        Instant last = NOON.plusSeconds(25);
        assertThat(anchor.copy().provenance())
                .isEqualTo(new Provenance(
                        NOON,
                        last,
                        List.of("f1", "f2"),
                        25,
                        List.of(
                                new Reinforcement(NOON.plusSeconds(23), "f23", 0.23),
                                new Reinforcement(NOON.plusSeconds(24), "f24", 0.24),
                                new Reinforcement(last, "f25", 0.25)),
                        CONTEXT));
        assertThat(anchor.lastSeen()).isEqualTo(last);
    }

    @Test
    void reinforced_historyMayChangeItsLength() {
        MutableAnchor anchor = begun();
        for (int keep : new int[] {3, 3, 3, 3, 20, 20, 20, 2, 0, 1}) {
            List<Reinforcement> before = anchor.history();
            int number = (int) anchor.updates();
            anchor.reinforced(NOON.plusSeconds(number), "f" + number, 0.5, keep);
            List<Reinforcement> expected = new ArrayList<>(before);
            expected.add(new Reinforcement(NOON.plusSeconds(number), "f" + number, 0.5));
            assertThat(anchor.history())
                    .isEqualTo(expected.subList(Math.max(0, expected.size() - keep), expected.size()));
        }
    }

    @Test
    void begin_reusesTheArrayIfItFits() {
        MutableAnchor anchor = begun(1, 2, 3, 4);
        float[] array = anchor.embedding();
        anchor.begin(ID, "text", new float[] {5, 6}, 0.2, NOON, CONTEXT);
        assertThat(anchor.embedding()).isSameAs(array).containsExactly(5, 6, 0, 0);
        assertThat(anchor.dimension()).isEqualTo(2);
        assertThat(anchor.copy().embedding()).containsExactly(5, 6);

        anchor.begin(ID, "text", new float[] {1, 2, 3, 4, 5, 6}, 0.2, NOON, CONTEXT);
        float[] larger = anchor.embedding();
        assertThat(larger).containsExactly(1, 2, 3, 4, 5, 6);
        anchor.clear();
        anchor.begin(ID, "text", new float[] {7}, 0.2, NOON, CONTEXT);
        assertThat(anchor.embedding()).isSameAs(larger).containsExactly(7, 0, 0, 0, 0, 0);
    }

    @Test
    void begin_startsEmptyWithoutClear() {
        MutableAnchor anchor = begun(1, 2, 3, 4);
        anchor.addUtterance("f1");
        anchor.reinforced(NOON, "f1", 0.5, 5);
        anchor.drift(0.5);
        AnchorId next = new AnchorId("a-2");
        anchor.begin(next, "next", new float[] {1}, 0.3, NOON, Map.of());
        assertThat(anchor.copy())
                .usingRecursiveComparison()
                .isEqualTo(new Anchor(
                        next,
                        "next",
                        new float[] {1},
                        0.3,
                        0,
                        new Provenance(NOON, NOON, List.of(), 0, List.of(), Map.of())));
    }

    @Test
    void copy_sharesNothing() {
        MutableAnchor anchor = begun(1, 2, 3, 4);
        anchor.addUtterance("f1");
        Anchor copy = anchor.copy();
        anchor.embedding()[0] = 9;
        anchor.clear();
        assertThat(copy.embedding()).containsExactly(1, 2, 3, 4);
        assertThat(copy.provenance().utterances()).containsExactly("f1");
        assertThat(copy.provenance().context()).isEqualTo(CONTEXT);
    }

    @Test
    void begin_copiesAMutableContext() {
        Map<String, String> context = new HashMap<>(CONTEXT);
        MutableAnchor anchor = begun().begin(ID, "text", new float[0], 0.2, NOON, context);
        context.clear();
        assertThat(anchor.context()).isEqualTo(CONTEXT);
    }

    @Test
    void clear_leavesNothingReachable() {
        MutableAnchor anchor = new MutableAnchor(4);
        List<WeakReference<Object>> past = new ArrayList<>();
        // More than one round of the ring buffer, and a life with arrays too large to keep.
        for (int utterances : new int[] {3, 25, 1_000}) {
            pastLife(anchor, utterances, past);
            anchor.clear();
            assertThat(anchor.isEmpty()).isTrue();
            assertThat(anchor.embedding()).containsOnly(0);
            assertThat(anchor.text()).isEmpty();
            assertThat(anchor.utterances()).isEmpty();
            assertThat(anchor.history()).isEmpty();
            assertThat(anchor.context()).isEmpty();
            assertThat(List.of(anchor.heat(), anchor.drift())).containsOnly(0.0);
            assertThat(anchor.updates()).isZero();
            assertThat(List.of(anchor.firstSeen(), anchor.lastSeen())).containsOnly(Instant.EPOCH);
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (past.stream().anyMatch(one -> one.get() != null) && System.nanoTime() < end) {
            System.gc();
        }
        assertThat(past).isNotEmpty().allMatch(one -> one.get() == null);
        assertThat(anchor.isEmpty()).isTrue();
    }

    private static void pastLife(MutableAnchor anchor, int utterances, List<WeakReference<Object>> past) {
        AnchorId id = new AnchorId(new String("a-1"));
        String text = new String("text");
        String value = new String("value");
        anchor.begin(id, text, new float[] {1, 2, 3, 4}, 0.2, NOON, Map.of("key", value));
        List.of(id, text, value).forEach(one -> past.add(new WeakReference<>(one)));
        for (int i = 0; i < utterances; i++) {
            String utterance = new String("utterance");
            past.add(new WeakReference<>(utterance));
            anchor.addUtterance(utterance);
            anchor.reinforced(NOON, utterance, 0.9, 10 + utterances / 10);
        }
        anchor.heat(1);
        anchor.drift(1);
    }

    @Test
    void begin_secondLifeAllocatesNothing() {
        MutableAnchor anchor = new MutableAnchor(64);
        float[][] embeddings = {new float[64], new float[48], new float[16]};
        for (int i = 0; i < 20_000; i++) {
            live(anchor, embeddings[i % 3]);
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            live(anchor, embeddings[i % 3]);
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes / 10_000.0)
                .as("bytes for each life; the JVM may need some of its own")
                .isLessThan(1);
    }

    @Test
    void clear_dropsLargeArrays() {
        MutableAnchor anchor = new MutableAnchor(64);
        live(anchor, new float[64]);
        long usual = anchor.sizeInBytes();
        anchor.begin(ID, "text", new float[100_000], 0.2, NOON, CONTEXT);
        for (int i = 0; i < 10_000; i++) {
            anchor.addUtterance("utterance");
            anchor.reinforced(NOON, "utterance", 0.9, 10_000);
        }
        assertThat(anchor.sizeInBytes()).isGreaterThan(600_000);
        anchor.clear();
        assertThat(anchor.sizeInBytes()).isLessThanOrEqualTo(usual);
        assertThat(anchor.utterances()).isEmpty();
        anchor.addUtterance("after");
        assertThat(anchor.utterances()).containsExactly("after");
    }

    @Test
    void sizeInBytes_isThatOfTheJvm() {
        for (int dimension : new int[] {0, 7, 384, 1536}) {
            Allocator<MutableAnchor> allocator = MutableAnchor.allocator(() -> new MutableAnchor(dimension));
            MutableAnchor[] made = new MutableAnchor[1_000];
            long before = 0;
            for (int round = 0; round < 2; round++) { // the first loads classes
                before = THREADS.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < made.length; i++) {
                    made[i] = new MutableAnchor(dimension);
                }
            }
            double each = (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) made.length;
            assertThat((double) allocator.sizeInBytes(made[0])).isCloseTo(each, within(16.0));
        }
    }

    @Test
    void allocator_resetClears() throws Exception {
        Allocator<MutableAnchor> allocator = MutableAnchor.allocator(() -> new MutableAnchor(4));
        MutableAnchor anchor = allocator.allocate();
        assertThat(anchor.embedding()).hasSize(4);
        allocator.reset(anchor.begin(ID, "text", new float[] {1}, 0.2, NOON, CONTEXT));
        assertThat(anchor.isEmpty()).isTrue();
    }

    @Test
    void id_emptyAnchorHasNone() {
        assertThatIllegalStateException().isThrownBy(() -> new MutableAnchor(1).id());
        assertThatIllegalStateException().isThrownBy(() -> new MutableAnchor(1).copy());
    }

    @Test
    void begin_invalidChangesNothing() {
        MutableAnchor anchor = begun(1, 2);
        Anchor before = anchor.copy();
        float[] none = {};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> anchor.begin(ID, "other", none, 1.1, NOON, CONTEXT))
                .withMessageContaining("1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> anchor.begin(ID, "other", none, Double.NaN, NOON, CONTEXT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> anchor.begin(ID, "other", none, 1, Instant.MAX, CONTEXT))
                .withMessageContaining(Instant.MAX.toString());
        assertThatIllegalArgumentException().isThrownBy(() -> anchor.reinforced(Instant.MIN, "f", 1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> anchor.heat(-0.1));
        assertThatNullPointerException().isThrownBy(() -> anchor.addUtterance(null));
        assertThat(anchor.copy()).usingRecursiveComparison().isEqualTo(before);
        assertThatIllegalArgumentException().isThrownBy(() -> new MutableAnchor(-1));
    }

    @Test
    void begin_keepsTimesToTheNanosecond() {
        for (String time : List.of(
                "1678-01-01T00:00:00.000000001Z", "1969-12-31T23:59:59.999999999Z", "2261-12-31T23:59:59.999999999Z")) {
            Instant at = Instant.parse(time);
            assertThat(begun().begin(ID, "text", new float[0], 0, at, CONTEXT).firstSeen())
                    .isEqualTo(at);
        }
    }
}
