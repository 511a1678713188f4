package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.ScrubRule;
import dev.geotherm.api.anchor.ScrubRule.Item;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link ScrubRule}, as JUnit tests. To test a rule, extend this class and create the rule. An anchor
 * store refuses a rule that breaks a clause, and fails when the rule fails, so it never stores unscrubbed text.
 */
public abstract class ScrubRuleContract {
    private static final int REPETITIONS = 2_000;
    private static final long READS_PER_CHARACTER = 200;

    private ScrubRule rule;

    /** Constructor for subclasses. */
    protected ScrubRuleContract() {}

    /** Creates the rule. */
    protected abstract ScrubRule create();

    /** Returns at least one item that the rule finds when the text contains nothing else. */
    protected abstract List<String> items();

    /** Returns texts in which the rule finds nothing, such as texts that resemble its items. */
    protected abstract List<String> otherTexts();

    @BeforeEach
    final void createRule() {
        rule = create();
    }

    @Test
    final void find_findsAnItemAlone() {
        assertThat(items()).isNotEmpty();
        for (String item : items()) {
            assertThat(rule.find(item)).as(item).containsExactly(new Item(0, item.length()));
        }
    }

    @Test
    final void find_findsItemsAmongWords() {
        for (String item : items()) {
            String text = "see " + item + ", " + item;
            int second = 6 + item.length();
            assertThat(rule.find(text))
                    .as(text)
                    .containsExactly(new Item(4, second - 2), new Item(second, text.length()));
        }
    }

    @Test
    final void find_findsNothingInOtherTexts() {
        List<String> texts = new ArrayList<>(otherTexts());
        texts.add("");
        for (String text : texts) {
            assertThat(rule.find(text)).as(text).isEmpty();
        }
    }

    @Test
    final void find_findsNothingInMarks() {
        for (String mark : List.of("[email]", "[phone] [card]", "[email:abcdefghijklmnop]", "[badge]")) {
            assertThat(rule.find(mark)).as(mark).isEmpty();
        }
    }

    @Test
    final void find_searchesAnyCharSequence() {
        for (String item : items()) {
            assertThat(rule.find(CharBuffer.wrap("see " + item))).hasSize(1);
        }
    }

    @Test
    final void find_isTheSameOnEveryThread() {
        String text = String.join(", ", items());
        List<Item> once = rule.find(text);
        IntStream.range(0, 64)
                .parallel()
                .forEach(round -> assertThat(rule.find(text)).isEqualTo(once));
    }

    @Test
    final void find_readsLongTextsWithBoundedEffort() {
        List<String> units = new ArrayList<>(List.of("a", "1", " ", "a1", "1-", "a@", "\n", "(", "[a", ".-"));
        for (String item : items()) {
            units.add(item);
            units.add(item.substring(0, item.length() - 1));
            units.add(item.substring(0, (item.length() + 1) / 2));
        }
        for (String unit : units) {
            CountingText text = new CountingText(unit.repeat(REPETITIONS));
            List<Item> found = rule.find(text);
            assertThat(text.reads)
                    .as("reads of a text with %s characters, '%s' again and again", text.length(), unit)
                    .isLessThan(READS_PER_CHARACTER * text.length());
            assertInOrder(found, text);
        }
    }

    private static void assertInOrder(List<Item> items, CharSequence text) {
        int last = 0;
        for (Item item : items) {
            assertThat(item.start()).isBetween(last, item.end() - 1);
            assertThat(item.end()).isLessThanOrEqualTo(text.length());
            last = item.end();
        }
    }

    @Test
    final void canonical_isItsOwnForm() {
        for (String item : items()) {
            String canonical = rule.canonical(item);
            assertThat(canonical).isNotEmpty();
            assertThat(rule.canonical(canonical)).isEqualTo(canonical);
        }
    }

    /** A text that counts reads of its characters. */
    private static final class CountingText implements CharSequence {
        private final String text;
        private long reads;

        CountingText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
