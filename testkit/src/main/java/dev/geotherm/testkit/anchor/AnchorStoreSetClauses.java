package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.at;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.PassageSetCases.passages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.anchor.PassageSetCases.Given;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about removal, and about anchors as a function of the set of passages. */
abstract class AnchorStoreSetClauses {
    /** A number of passages that is too large for a store to compare without an index. */
    private static final int MANY = 300;

    private final AnchorStoreFixture fixture;

    AnchorStoreSetClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    private AnchorStore storeOf(List<Given> passages, PassageSetCases cases) {
        AnchorStore store = fixture.openAnother(AnchorStoreSettings.USUAL);
        passages.forEach(passage -> cases.ingest(store, passage));
        return store;
    }

    @Test
    void set_anyOrderGivesTheSameAnchors() {
        RandomCases.run(5, random -> {
            fixture.reopen(AnchorStoreSettings.USUAL);
            PassageSetCases cases = new PassageSetCases(fixture);
            List<Given> passages = passages(random, random.nextInt(10) == 0 ? MANY : 60);
            passages.forEach(passage -> cases.ingest(fixture.store, passage));
            Collections.shuffle(passages, random);
            try (AnchorStore other = storeOf(passages, cases)) {
                cases.setClockToTheEnd();
                PassageSetCases.assertSame(fixture.store, other, passages);
            }
        });
    }

    @Test
    void set_anySequenceGivesTheAnchorsOfWhatRemains() {
        RandomCases.run(5, random -> {
            fixture.reopen(AnchorStoreSettings.USUAL);
            checkSequence(random, passages(random, 60));
        });
    }

    @Test
    void set_manyPassagesAreNoException() {
        RandomCases.run(1, random -> {
            fixture.reopen(AnchorStoreSettings.USUAL);
            checkSequence(random, passages(random, MANY));
        });
    }

    /** Ingests, removes and ingests again; compares the result with a new store, and the anchors with the reported ones. */
    private void checkSequence(Random random, List<Given> all) {
        PassageSetCases cases = new PassageSetCases(fixture);
        Map<String, AnchorId> reported = new TreeMap<>();
        List<Given> present = new ArrayList<>();
        List<Given> absent = new ArrayList<>(all);
        for (int step = 0; step < 2 * all.size() || !absent.isEmpty(); step++) {
            boolean remove = step >= all.size() / 2 && step < 2 * all.size() && random.nextInt(3) == 0;
            if (remove || absent.isEmpty()) {
                remove(random, present, absent, reported);
            } else {
                Given passage = absent.remove(random.nextInt(absent.size()));
                present.add(passage);
                Ingested ingested = cases.ingest(fixture.store, passage);
                PassageSetCases.apply(ingested.reassigned(), reported);
                reported.put(passage.id(), ingested.anchor());
            }
        }
        while (present.size() > all.size() / 2) {
            remove(random, present, absent, reported);
        }
        assertThat(PassageSetCases.anchors(fixture.store, all)).isEqualTo(reported);
        Collections.shuffle(present, random);
        try (AnchorStore fresh = storeOf(present, cases)) {
            cases.setClockToTheEnd();
            PassageSetCases.assertSame(fixture.store, fresh, present);
        }
    }

    private void remove(Random random, List<Given> present, List<Given> absent, Map<String, AnchorId> reported) {
        List<String> ids = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0 && !present.isEmpty(); i--) {
            Given passage = present.remove(random.nextInt(present.size()));
            absent.add(passage);
            ids.add(passage.id());
        }
        Map<String, Optional<AnchorId>> reassigned = fixture.store.remove(ids);
        ids.forEach(reported::remove);
        PassageSetCases.apply(reassigned, reported);
    }

    @Test
    void set_anyInterleavingOfThreadsGivesTheSameAnchors() throws Exception {
        PassageSetCases cases = new PassageSetCases(fixture);
        List<Given> passages = new ArrayList<>();
        passages(new Random(7), MANY).forEach(each -> passages.add(new Given(each.id(), each.embedding(), 0)));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = thread;
                work.add(threads.submit(() -> {
                    for (int i = first; i < passages.size(); i += 4) {
                        Given passage = passages.get(i);
                        fixture.ingest(passage.id(), passage.embedding());
                        if (i % 3 == 0) {
                            fixture.store.remove(List.of(passage.id()));
                            fixture.ingest(passage.id(), passage.embedding());
                        }
                    }
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        try (AnchorStore other = storeOf(passages, cases)) {
            PassageSetCases.assertSame(fixture.store, other, passages);
        }
    }

    @Test
    void remove_lastPassageEndsTheAnchor() {
        AnchorId id = fixture.ingest("a", axis(0)).anchor();
        fixture.ingest("b", axis(1));
        int held = fixture.pools.held();
        assertThat(fixture.store.remove(List.of("a", "unknown"))).isEmpty();
        assertThat(fixture.store.find(id)).isEmpty();
        assertThat(fixture.store.anchorOf("a")).isEmpty();
        assertThat(fixture.store.size()).isEqualTo(1);
        assertThat(fixture.pools.held()).isEqualTo(held / 2);
        assertThat(fixture.store.nearest(axis(0), 1).get(0).anchor())
                .isEqualTo(fixture.store.anchorOf("b").orElseThrow());
    }

    @Test
    void remove_reportsThePassagesOfAnEndedAnchor() {
        fixture.ingest("a", axis(0));
        String reinforcing = fixture.reinforce(at(0.9));
        Map<String, Optional<AnchorId>> reassigned = fixture.store.remove(List.of("a"));
        AnchorId own = fixture.store.anchorOf(reinforcing).orElseThrow();
        assertThat(reassigned).isEqualTo(Map.of(reinforcing, Optional.of(own)));
        assertThat(fixture.anchor(own).embedding()).containsExactly(at(0.9));
        assertThat(fixture.anchor(own).heat()).isEqualTo(0.2);
        assertThat(fixture.anchor(own).provenance().updates()).isZero();
    }
}
