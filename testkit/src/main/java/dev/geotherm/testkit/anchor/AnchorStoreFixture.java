package dev.geotherm.testkit.anchor;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in its surroundings, and what the clauses of {@link AnchorStoreContract} say about it in short. */
abstract class AnchorStoreFixture {
    static final Instant LONG_AGO = Instant.parse("2020-02-02T20:20:20Z");

    @TempDir
    private Path folder;

    final SettableClock clock = new SettableClock();
    WatchedPools pools;
    StateDiffer differ;
    AnchorStore store;

    @SuppressWarnings("NullAway.Init") // opened before each test
    AnchorStoreFixture() {}

    /**
     * Returns a new, empty store under the given rules, with pools, differ and clock of the given context; the contract
     * closes it.
     */
    protected abstract AnchorStore open(AnchorRules rules, ComponentContext context);

    /** Returns new pools that make objects beyond their bound rather than to refuse; the contract closes them. */
    protected abstract ObjectPools openPools();

    /** Returns a new differ that ignores no path; the contract closes it. */
    protected abstract StateDiffer openDiffer();

    @BeforeEach
    final void openStore() {
        pools = new WatchedPools(openPools());
        differ = openDiffer();
        store = open(AnchorRules.USUAL, context("anchors"));
    }

    @AfterEach
    final void closeStore() {
        store.close();
        differ.close();
        pools.close();
    }

    final ComponentContext context(String instance) {
        return ComponentContext.standalone(instance)
                .withClock(clock)
                .withWorkDirectory(folder.resolve(instance))
                .with(ObjectPools.class, pools)
                .with(StateDiffer.class, differ);
    }

    /** Opens the store again under other rules. */
    final void under(AnchorRules rules) {
        store.close();
        store = open(rules, context("anchors"));
    }

    static List<AnchorId> sorted(AnchorId... ids) {
        return Stream.of(ids).sorted().toList();
    }

    static Fragment<String> fragment(String id) {
        return fragment(id, "text of " + id);
    }

    static Fragment<String> fragment(String id, String text) {
        return new Fragment<>(id, text, Priority.NORMAL, LONG_AGO, Map.of("source", id));
    }

    final Ingested ingest(String id, float... embedding) {
        return store.ingest(fragment(id), embedding);
    }

    /** Creates anchors that nothing is near to. */
    final void ingestZeros(int count) {
        for (int i = 0; i < count; i++) {
            ingest("zero" + i, new float[4]);
        }
    }

    final Anchor anchor(AnchorId id) {
        return store.find(id).orElseThrow();
    }

    /** Returns a vector whose cosine to (1, 0, 0, 0) is the given one. */
    static float[] at(double cosine) {
        return new float[] {(float) cosine, (float) Math.sqrt(1 - cosine * cosine), 0, 0};
    }

    /** Returns the vector of length 1 along an axis of four. */
    static float[] axis(int axis) {
        float[] vector = new float[4];
        vector[axis] = 1;
        return vector;
    }

    static float[] random(Random random, int length) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
