package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.PassageSetCases.passages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.AnchorStore.Member;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.anchor.PassageSetCases.Given;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about restoring a store. */
abstract class AnchorStoreRestoreClauses {
    private final AnchorStoreFixture fixture;

    AnchorStoreRestoreClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    private Member member(String id, float[] embedding, AnchorId anchor) {
        return new Member(id, "text of " + id, Map.of("source", id), embedding, fixture.clock.instant(), anchor);
    }

    @Test
    void restore_equalsIngestAlsoLater() {
        RandomCases.run(4, random -> {
            fixture.reopen(AnchorStoreSettings.USUAL);
            PassageSetCases cases = new PassageSetCases(fixture);
            List<Given> all = passages(random, 300);
            List<Given> first = new ArrayList<>(all.subList(0, 200));
            try (AnchorStore other = fixture.openAnother(AnchorStoreSettings.USUAL)) {
                List<Member> members = new ArrayList<>();
                first.forEach(passage -> cases.ingest(other, passage));
                for (Given passage : first) {
                    cases.ingest(other, passage); // sets the clock
                    AnchorId anchor = other.anchorOf(passage.id()).orElseThrow();
                    members.add(member(passage.id(), passage.embedding(), anchor));
                }
                Collections.shuffle(members, random);
                fixture.store.restore(members::forEach);
                cases.setClockToTheEnd();
                PassageSetCases.assertSame(fixture.store, other, first);
                for (AnchorStore store : List.of(other, fixture.store)) {
                    store.remove(all.subList(50, 80).stream().map(Given::id).toList());
                    all.subList(200, 300).forEach(passage -> cases.ingest(store, passage));
                }
                List<Given> rest = new ArrayList<>(all);
                rest.removeAll(all.subList(50, 80));
                cases.setClockToTheEnd();
                PassageSetCases.assertSame(fixture.store, other, rest);
                fixture.store.commit();
                assertThat(fixture.store.state().snapshot().toJson().path("anchors"))
                        .hasSize(other.size());
            }
        });
    }

    @Test
    void restore_nothingIsNothing() {
        fixture.store.restore(into -> {});
        assertThat(fixture.store.size()).isZero();
        assertThat(fixture.ingest("a", axis(0)).created()).isTrue();
    }

    @Test
    void restore_storeThatIsNotEmptyIsRefused() {
        AnchorId anchor = fixture.ingest("a", axis(0)).anchor();
        assertThatIllegalStateException()
                .isThrownBy(() -> fixture.store.restore(into -> into.accept(member("b", axis(1), anchor))));
        assertThat(fixture.store.anchorOf("a")).contains(anchor);
        assertThat(fixture.store.size()).isEqualTo(1);
    }

    @Test
    void restore_invalidMembersAreRefused() {
        AnchorId a = fixture.ingest("a", axis(0)).anchor();
        fixture.store.remove(List.of("a"));
        assertRefused(member("a", axis(0), a), member("a", axis(0), a));
        assertRefused(member("a", axis(0), a), member("b", new float[3], a));
        assertRefused(member("a", new float[] {Float.NaN, 0, 0, 0}, a));
        assertRefused(member("b", axis(0), a));
        assertRefused(member("a", axis(0), a), member("b", axis(1), a));
        fixture.store.restore(into -> into.accept(member("a", axis(0), a)));
        assertThat(fixture.store.anchorOf("a")).contains(a);
    }

    private void assertRefused(Member... members) {
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.store.restore(List.of(members)::forEach));
        assertThat(fixture.store.size()).isZero();
        assertThat(fixture.store.metrics().passages()).isZero();
        assertThat(fixture.pools.held()).isZero();
    }

    @Test
    void restore_failureOfTheSourceLeavesTheStoreEmpty() {
        AnchorId a = fixture.ingest("a", axis(0)).anchor();
        fixture.store.remove(List.of("a"));
        IllegalStateException failure = new IllegalStateException("source");
        assertThatThrownBy(() -> fixture.store.restore(into -> {
                    into.accept(member("a", axis(0), a));
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(fixture.store.size()).isZero();
        assertThat(fixture.pools.held()).isZero();
    }
}
