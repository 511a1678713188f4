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

/** The fixture of {@link AnchorStoreContract}: the store under test with its pools, differ and clock. */
@SuppressWarnings("NullAway.Init") // set before each test
final class AnchorStoreFixture {
    /** The time of the clock at the start of each clause. */
    private static final Instant STARTED = Instant.parse("2026-01-01T12:00:00Z");

    private final AnchorStoreContract contract;
    private Path folder;
    final SettableClock clock = new SettableClock();
    CountingPools pools;
    StateDiffer differ;
    AnchorStore store;
    private int reinforcements;

    AnchorStoreFixture(AnchorStoreContract contract) {
        this.contract = contract;
    }

    void open(Path newFolder) {
        folder = newFolder;
        pools = new CountingPools(contract.openPools());
        differ = contract.openDiffer();
        store = contract.open(AnchorStoreSettings.USUAL, context());
    }

    void close() {
        store.close();
        differ.close();
        pools.close();
    }

    private ComponentContext context() {
        return ComponentContext.standalone("anchors")
                .withClock(clock)
                .withWorkDirectory(folder)
                .with(ObjectPools.class, pools)
                .with(StateDiffer.class, differ);
    }

    /** Replaces the store with a new one that has other settings. */
    void reopen(AnchorStoreSettings settings) {
        store.close();
        store = contract.open(settings, context());
    }

    static List<AnchorId> sorted(AnchorId... ids) {
        return Stream.of(ids).sorted().toList();
    }

    static Fragment<String> fragment(String id) {
        return fragment(id, "text of " + id);
    }

    static Fragment<String> fragment(String id, String text) {
        return new Fragment<>(id, text, Priority.NORMAL, STARTED, Map.of("source", id));
    }

    /** Returns a passage with the clock's time as its timestamp. */
    Fragment<String> now(Fragment<String> passage) {
        return new Fragment<>(passage.id(), passage.content(), passage.priority(), clock.instant(), passage.metadata());
    }

    Ingested ingest(String id, float... embedding) {
        return store.ingest(now(fragment(id)), embedding);
    }

    /** Creates anchors with all-zero embeddings, which are similar to nothing. */
    void ingestZeros(int count) {
        for (int i = 0; i < count; i++) {
            ingest("zero" + i, new float[4]);
        }
    }

    Anchor anchor(AnchorId id) {
        return store.find(id).orElseThrow();
    }

    /** Returns the anchor of a passage. */
    Anchor anchorOf(String passage) {
        return anchor(store.anchorOf(passage).orElseThrow());
    }

    /** Ingests a passage with a new id that does not lead an anchor, and returns the id. */
    String reinforce(float... embedding) {
        for (int i = 0; i < 100; i++) {
            String id = "r" + reinforcements++;
            if (!ingest(id, embedding).created()) {
                return id;
            }
            store.remove(List.of(id));
        }
        throw new AssertionError("each of 100 passages led an anchor");
    }

    /** Returns a second store with its own anchors; the caller closes it. */
    AnchorStore openAnother(AnchorStoreSettings settings) {
        return contract.open(settings, context());
    }

    /** Returns a vector with the given cosine to (1, 0, 0, 0). */
    static float[] at(double cosine) {
        return new float[] {(float) cosine, (float) Math.sqrt(1 - cosine * cosine), 0, 0};
    }

    /** Returns the unit vector of one of the four axes. */
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
