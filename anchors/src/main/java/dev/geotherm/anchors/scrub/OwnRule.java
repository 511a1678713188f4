package dev.geotherm.anchors.scrub;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.ScrubRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of an extension, with checks of its results. An error names the rule, but never contains the text, which may
 * include personal data.
 *
 * @param name the name of the rule
 * @param rule the rule of the extension
 */
record OwnRule(String name, ScrubRule rule) implements ScrubRule {

    @Override
    public List<Item> find(CharSequence form) {
        String text = form.toString();
        MeteredText metered = new MeteredText(text);
        List<Item> items;
        try {
            items = List.copyOf(rule.find(metered));
        } catch (RuntimeException | StackOverflowError | LinkageError failed) {
            throw metered.isExhausted() ? endless(text) : failure("failed: " + where(failed));
        }
        if (metered.isExhausted()) {
            throw endless(text);
        }
        check(items, text);
        return items;
    }

    @Override
    public String canonical(String item) {
        try {
            String form = rule.canonical(item);
            if (form != null) {
                return form;
            }
        } catch (RuntimeException | StackOverflowError | LinkageError failed) {
            throw failure("has no canonical form for an item: " + where(failed));
        }
        throw failure("has no canonical form for an item: it returned null");
    }

    private void check(List<Item> items, String text) {
        int last = 0;
        for (Item item : items) {
            String wrong = wrong(item, last, text);
            if (wrong != null) {
                throw failure("returned the item from " + item.start() + " to " + item.end() + " of a text with "
                        + text.length() + " characters, which " + wrong);
            }
            last = item.end();
        }
    }

    private static @Nullable String wrong(Item item, int last, String text) {
        if (item.start() < 0 || item.end() > text.length()) {
            return "is not within the text";
        } else if (item.start() >= item.end()) {
            return "is empty";
        } else if (item.start() < last) {
            return "begins before the end of the item before it, " + last;
        }
        return cutsCharacter(text, item.start()) || cutsCharacter(text, item.end()) ? "cuts a character in two" : null;
    }

    private static boolean cutsCharacter(String text, int offset) {
        return offset > 0
                && offset < text.length()
                && Character.isSurrogatePair(text.charAt(offset - 1), text.charAt(offset));
    }

    private GeothermException endless(String text) {
        return failure("does not come to an end: it has read a text of " + text.length()
                + " characters again and again; its pattern may backtrack without bounds");
    }

    private GeothermException failure(String what) {
        return new GeothermException("the scrub rule '" + name + "' " + what
                + ". Nothing is stored until it works: correct the rule, or remove it from anchors.scrubRules");
    }

    /** Returns the type and place of a failure, without its message, which may contain the text. */
    private static String where(Throwable failed) {
        StackTraceElement[] trace = failed.getStackTrace();
        return failed.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
