package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.atTime;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.inDocument;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.ofAnchor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Query;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The clauses of {@link PassageIndexesContract} about search by time, neighbourhood and provenance. */
abstract class RetrieverOriginClauses {
    private final PassageIndexFixture fixture;

    RetrieverOriginClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void newest_newestFirst() {
        fixture.have(
                atTime("a", "x", PassageIndexFixture.NOON),
                atTime("b", "x", PassageIndexFixture.NOON.plusNanos(1)),
                atTime("c", "x", PassageIndexFixture.NOON.minusSeconds(1)));
        assertThat(fixture.found(Query.newest("", 10))).containsExactly("b", "a", "c");
        assertThat(fixture.found(Query.newest(" ", 2))).containsExactly("b", "a");
    }

    @Test
    void newest_onlyPassagesWithAWord() {
        fixture.have(
                atTime("a", "apple", PassageIndexFixture.NOON),
                atTime("b", "pear", PassageIndexFixture.NOON.plusSeconds(1)),
                atTime("c", "apple", PassageIndexFixture.NOON.plusSeconds(2)));
        assertThat(fixture.found(Query.newest("apple plum", 10))).containsExactly("c", "a");
        assertThat(fixture.found(Query.newest("unheard", 10))).isEmpty();
    }

    @Test
    void newest_tiesAreOrderedById() {
        fixture.have(
                atTime("c", "x", PassageIndexFixture.NOON),
                atTime("a", "x", PassageIndexFixture.NOON),
                atTime("b", "x", PassageIndexFixture.NOON));
        assertThat(fixture.found(Query.newest("", 2))).containsExactly("a", "b");
    }

    private final AnchorId anchor = new AnchorId("x");

    @Test
    void near_findsTheNeighbourhood() {
        fixture.have(
                ofAnchor("a", anchor, 1, 0),
                ofAnchor("b", null, 1, 0.5f),
                ofAnchor("c", null, -1, 0),
                ofAnchor("d", null));
        assertThat(fixture.found(Query.near(anchor, 10))).containsExactly("a", "b", "c");
    }

    @Test
    void near_ranksByTheMeanOfTheAnchorsPassages() {
        fixture.have(
                ofAnchor("a", anchor, 1, 0),
                ofAnchor("b", anchor, 0, 1),
                ofAnchor("c", null, 1, 1),
                ofAnchor("d", null, 1, 0.9f));
        assertThat(fixture.found(Query.near(anchor, 2))).containsExactly("c", "d");
    }

    @Test
    void near_followsAssignedAnchors() {
        fixture.have(
                ofAnchor("a", anchor, 1, 0),
                ofAnchor("b", null, 0, 1),
                ofAnchor("c", new AnchorId("y"), 0, 1),
                ofAnchor("d", null, 0.1f, 1));
        fixture.index.assign(Map.of("a", Optional.empty(), "b", Optional.of(anchor), "unknown", Optional.of(anchor)));
        assertThat(fixture.found(Query.near(anchor, 1))).containsExactly("a");
        fixture.index.refresh();
        assertThat(fixture.found(Query.near(anchor, 3))).containsExactly("b", "c", "d");
        assertThat(fixture.retriever.search(Query.near(anchor, 4)).stream().map(Hit::anchor))
                .containsExactly(anchor, new AnchorId("y"), null, null);
    }

    @Test
    void near_unknownAnchorFindsNothing() {
        fixture.have(ofAnchor("a", null, 1, 0), ofAnchor("b", anchor));
        assertThat(fixture.found(Query.near(new AnchorId("unknown"), 10))).isEmpty();
        assertThat(fixture.found(Query.near(anchor, 10))).isEmpty();
    }

    @Test
    void ofDocument_isInDocumentOrder() {
        fixture.have(
                inDocument("a", "one", 20),
                inDocument("b", "one", 5),
                inDocument("c", "two", 0),
                inDocument("d", "one", 5));
        assertThat(fixture.found(Query.ofDocument("one", 10))).containsExactly("b", "d", "a");
        assertThat(fixture.found(Query.ofDocument("one", 1))).containsExactly("b");
    }

    @Test
    void ofDocument_unknownDocumentFindsNothing() {
        fixture.have(inDocument("a", "one", 20));
        assertThat(fixture.found(Query.ofDocument("on", 10))).isEmpty();
    }
}
