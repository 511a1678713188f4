package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.NOON;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.content;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.passage;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.varied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Passage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The clauses of {@link PassageIndexesContract} about lookups of whole passages. */
abstract class PassageIndexReadClauses {
    private final PassageIndexFixture fixture;

    PassageIndexReadClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void find_returnsEveryComponentOfAPassage() {
        Instant odd = Instant.parse("1969-12-31T23:59:59.123456789Z");
        Passage full = new Passage(
                        "a", "doc", "A title", "Some text, ein Maß 中 😀", 3, 40, odd, new AnchorId("x"), new float[] {
                            3, 4
                        })
                .ingestedFrom("files/a.txt", "c0ffee", NOON.plusNanos(7));
        fixture.have(full, passage("b", ""));
        Passage found = fixture.index.find(List.of("a")).get(0);
        assertThat(content(found)).isEqualTo(content(full));
        assertThat(found.embedding()).containsExactly(0.6f, 0.8f);
        assertThat(fixture.index.find(List.of("b")).get(0).embedding()).isNull();
        assertThat(fixture.index.find(List.of("b")).get(0).anchor()).isNull();
    }

    @Test
    void find_allZeroEmbeddingIsNone() {
        fixture.have(passage("a", "apple", 0, 0));
        assertThat(fixture.index.find(List.of("a")).get(0).embedding()).isNull();
    }

    @Test
    void find_isInTheOrderOfTheIdsWithoutUnknownOnes() {
        fixture.have(passage("a", ""), passage("b", ""), passage("c", ""));
        assertThat(fixture.index.find(List.of("c", "unknown", "a", "c")).stream()
                        .map(Passage::id))
                .containsExactly("c", "a", "c");
        assertThat(fixture.index.find(List.of())).isEmpty();
    }

    @Test
    void find_seesTheLastRefresh() {
        fixture.have(passage("a", "apple"), passage("b", "pear"));
        fixture.index.index(List.of(passage("a", "plum"), passage("c", "cherry")));
        fixture.index.remove(List.of("b"));
        assertThat(fixture.index.find(List.of("a", "b", "c")).stream().map(Passage::text))
                .containsExactly("apple", "pear");
        assertThat(fixture.index.size()).isEqualTo(2);
        fixture.index.refresh();
        assertThat(fixture.index.find(List.of("a", "b", "c")).stream().map(Passage::text))
                .containsExactly("plum", "cherry");
        assertThat(fixture.index.size()).isEqualTo(2);
    }

    @Test
    void find_seesAssignedAnchors() {
        AnchorId anchor = new AnchorId("x");
        fixture.have(passage("a", "", 1, 0), passage("b", "", 1, 0));
        fixture.index.assign(Map.of("a", Optional.of(anchor)));
        fixture.index.refresh();
        assertThat(fixture.index.find(List.of("a")).get(0).anchor()).isEqualTo(anchor);
        assertThat(fixture.index.find(List.of("b")).get(0).anchor()).isNull();
    }

    @Test
    void assign_ofAPendingPassageTakesEffect() {
        AnchorId anchor = new AnchorId("x");
        fixture.index.index(List.of(passage("a", "")));
        fixture.index.assign(Map.of("a", Optional.of(anchor)));
        fixture.index.index(List.of(passage("b", "")));
        fixture.index.assign(Map.of("b", Optional.of(anchor)));
        fixture.index.index(List.of(passage("b", "again")));
        fixture.index.refresh();
        assertThat(fixture.index.find(List.of("a", "b")).stream().map(Passage::anchor))
                .containsExactly(anchor, null);
    }

    @Test
    void forEach_visitsEveryPassageOnce() {
        List<Passage> passages = new ArrayList<>(varied(new Random(7), 60));
        fixture.have(passages.toArray(Passage[]::new));
        fixture.have(passage("p0", "replaced"));
        fixture.index.remove(List.of("p1"));
        fixture.index.refresh();
        passages.set(0, passage("p0", "replaced"));
        passages.remove(1);
        Map<String, List<Object>> expected = new HashMap<>();
        passages.forEach(each -> expected.put(each.id(), content(each)));
        Map<String, List<Object>> visited = new HashMap<>();
        fixture.index.forEach(each -> assertThat(visited.put(each.id(), content(each)))
                .as("visited before")
                .isNull());
        assertThat(visited).isEqualTo(expected);
    }

    @Test
    void forEach_failureOfTheVisitorReachesTheCaller() {
        fixture.have(passage("a", ""));
        IllegalArgumentException enough = new IllegalArgumentException("enough");
        assertThatThrownBy(() -> fixture.index.forEach(each -> {
                    throw enough;
                }))
                .isSameAs(enough);
    }
}
