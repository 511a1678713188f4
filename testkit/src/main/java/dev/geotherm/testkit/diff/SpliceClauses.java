package dev.geotherm.testkit.diff;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.testkit.RandomCases;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Clauses about spliced texts. */
abstract class SpliceClauses extends DifferClauses {
    private static final int CASES = 300;
    private static final int LONG_TEXT = 100;

    /** Makes replacing the whole state more expensive than the individual changes. */
    private static final String UNCHANGED = "unchanged ".repeat(100);

    SpliceClauses(DifferFixture fixture) {
        super(fixture);
    }

    private StateDelta between(StateDiffer differ, String a, String b) {
        JsonNode before = JsonNodeFactory.instance.objectNode().put("t", a);
        JsonNode after = JsonNodeFactory.instance.objectNode().put("t", b);
        StateDelta delta = differ.diff(before, after);
        assertSame(delta.applyTo(before), after);
        assertSame(delta.invert().applyTo(after), before);
        return delta;
    }

    @Test
    void spliceFrom_longTextsAreSpliced() {
        require(DifferCapability.TEXT_SPLICES);
        String text = "It was the best of times, it was the worst of times. ".repeat(10);
        StateDelta delta = between(differ(), text, text.replaceFirst("worst", "oddest"));
        assertThat(kinds(delta)).containsExactly(ChangeKind.TEXT_SPLICED);
        assertThat(requireNonNull(delta.changes().get(0).splice()).text()).hasSizeLessThanOrEqualTo("oddest".length());
    }

    @Test
    void spliceFrom_splicesOnlyWhereSmaller() {
        require(DifferCapability.TEXT_SPLICES);
        StateDiffer differ = shaped(shape -> shape.splicingFrom(1));
        assertThat(kinds(between(differ, "a".repeat(LONG_TEXT), "b".repeat(LONG_TEXT))))
                .containsExactly(ChangeKind.MODIFIED);
        RandomCases.run(CASES, random -> {
            String a = text(random);
            String b = text(random);
            for (Change change : between(differ, a, b).changes()) {
                TextSplice splice = change.splice();
                if (splice != null) {
                    assertThat(splice.length() + splice.text().length()).isLessThan(a.length() + b.length());
                }
            }
        });
    }

    @Test
    void spliceFrom_shortTextsAreReplaced() {
        require(DifferCapability.TEXT_SPLICES);
        String text = "x".repeat(LONG_TEXT);
        String shorter = text.substring(1);
        assertThat(kinds(between(differ(), shorter, shorter + "y"))).containsExactly(ChangeKind.MODIFIED);
        StateDiffer never = shaped(shape -> shape.splicingFrom(0));
        assertThat(kinds(between(never, text.repeat(9), text.repeat(9) + "y"))).containsExactly(ChangeKind.MODIFIED);
    }

    @Test
    void splice_neverSplitsACharacter() {
        require(DifferCapability.TEXT_SPLICES);
        StateDiffer differ = shaped(shape -> shape.splicingFrom(1));
        String faces = "\uD83D\uDE00".repeat(LONG_TEXT);
        assertWhole(between(differ, faces, faces.replaceFirst("\uD83D\uDE00$", "\uD83D\uDE01")));
        assertWhole(between(differ, faces, faces.replaceFirst("\uD83D\uDE00", "\uD83C\uDE00")));
        RandomCases.run(CASES, random -> assertWhole(between(differ, text(random), text(random))));
    }

    private void assertWhole(StateDelta delta) {
        for (Change change : delta.changes()) {
            if (change.splice() != null) {
                assertThat(change.splice().text()).matches("(?s)[^\\p{Cs}]*");
                assertThat(requireNonNull(change.before()).textValue()).matches("(?s)[^\\p{Cs}]*");
            }
        }
    }

    @Test
    void toJsonPatch_replacesSplicedTexts() {
        require(DifferCapability.TEXT_SPLICES);
        StateDiffer differ = shaped(shape -> shape.splicingFrom(1));
        RandomCases.run(CASES, random -> {
            JsonNode a = JsonNodeFactory.instance
                    .arrayNode()
                    .add(text(random))
                    .add(0)
                    .add(UNCHANGED);
            JsonNode b = JsonNodeFactory.instance
                    .arrayNode()
                    .add(text(random))
                    .add(1)
                    .add(UNCHANGED);
            for (JsonNode operation : differ.diff(a, b).toJsonPatch(a)) {
                assertThat(operation.get("op").textValue()).isEqualTo("replace");
                assertThat(operation.get("value")).isIn(b.get(0), b.get(1));
            }
        });
    }

    private String text(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(80), 0, 12)
                .forEach(i -> text.append(i > 1 ? "a" : i == 0 ? "\uD83D\uDE00" : "\uD83D\uDE01"));
        return text.toString();
    }
}
