package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.passage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.Query;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The clauses of {@link PassageIndexesContract} about search by words. */
abstract class RetrieverLexicalClauses {
    private final PassageIndexFixture fixture;

    RetrieverLexicalClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void lexical_findsPassagesWithTheWords() {
        fixture.have(passage("a", "an apple"), passage("b", "a pear"));
        assertThat(fixture.found(Query.lexical("apple", 10))).containsExactly("a");
    }

    @Test
    void lexical_moreWordsRankHigher() {
        fixture.have(passage("a", "apple tart cake"), passage("b", "apple pear cake"), passage("c", "plum tart cake"));
        assertThat(fixture.found(Query.lexical("apple pear", 10))).containsExactly("b", "a");
    }

    @Test
    void lexical_searchesTitles() {
        fixture.have(passage("a", "doc", "On apples", "nothing else", 0, PassageIndexFixture.NOON, null));
        assertThat(fixture.found(Query.lexical("apples", 10))).containsExactly("a");
    }

    @Test
    void lexical_tiesAreOrderedById() {
        fixture.have(passage("c", "apple"), passage("a", "apple"), passage("b", "apple"));
        assertThat(fixture.found(Query.lexical("apple", 10))).containsExactly("a", "b", "c");
        assertThat(fixture.found(Query.lexical("apple", 2))).containsExactly("a", "b");
    }

    @Test
    void lexical_textHasNoSyntax() {
        fixture.have(passage("a", "apple title"), passage("b", "pear"));
        assertThat(fixture.found(Query.lexical("app*", 10))).isEmpty();
        assertThat(fixture.found(Query.lexical("apple AND pear", 10))).containsExactlyInAnyOrder("a", "b");
        assertThat(fixture.found(Query.lexical("-apple", 10))).containsExactly("a");
        assertThat(fixture.found(Query.lexical("+(\"[{^~?:\\/ && || pear", 10))).containsExactly("b");
    }

    @Test
    void lexical_longTextsAreNotCut() {
        fixture.have(passage("a", "apple"));
        String text = IntStream.range(0, 5_000).mapToObj(i -> "word" + i + " ").collect(Collectors.joining());
        assertThat(fixture.found(Query.lexical(text + "apple", 10))).containsExactly("a");
    }

    @Test
    void lexical_noWordsFindNothing() {
        fixture.have(passage("a", "apple"));
        assertThat(fixture.found(Query.lexical("", 10))).isEmpty();
        assertThat(fixture.found(Query.lexical("?!", 10))).isEmpty();
    }
}
