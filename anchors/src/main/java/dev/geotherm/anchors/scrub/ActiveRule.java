package dev.geotherm.anchors.scrub;

import dev.geotherm.api.anchor.ScrubRule;
import dev.geotherm.api.anchor.ScrubRule.Item;
import dev.geotherm.api.anchor.ScrubbedText;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A rule in use, with the action for its items.
 *
 * @param kind the kind of personal data, which the mark names
 * @param needs the traits of which a matching text has at least one, or {@link TextTraits#NONE} if the rule applies to every
 *     text
 * @param pseudonyms the maker of pseudonyms; null if the items get none
 * @param items the counter of items
 */
record ActiveRule(
        String kind,
        int needs,
        ScrubRule rule,
        ScrubAction action,
        @Nullable Pseudonyms pseudonyms,
        LongAdder items) {

    /** Returns a rule that replaces items with marks. */
    static ActiveRule masking(PatternRule rule) {
        return new ActiveRule(rule.kind(), rule.needs(), rule, ScrubAction.MASK, null, new LongAdder());
    }

    boolean isFor(int traits) {
        return needs == TextTraits.NONE || (needs & traits) != 0;
    }

    /** Replaces the personal data in a text that earlier rules may have changed. */
    ScrubbedText apply(ScrubbedText before) {
        SearchForm joined = SearchForm.joined(before.text());
        ScrubbedText after = replace(before, joined);
        return joined.isWhole() ? after : replace(after, SearchForm.separated(after.text()));
    }

    private ScrubbedText replace(ScrubbedText before, SearchForm form) {
        List<Item> found = rule.find(form.text());
        if (found.isEmpty()) {
            return before;
        }
        items.add(found.size());
        Edits edits = new Edits(before);
        for (Item item : found) {
            String text = form.text().substring(item.start(), item.end());
            edits.replace(form.start(item.start()), form.end(item.end()), mark(text));
        }
        return edits.result();
    }

    private String mark(String item) {
        return switch (action) {
            case MASK -> "[" + kind + "]";
            case DROP -> "";
            case PSEUDONYM ->
                pseudonyms == null
                        ? "[" + kind + "]"
                        : "[" + kind + ":" + pseudonyms.of(kind, rule.canonical(item)) + "]";
        };
    }
}
