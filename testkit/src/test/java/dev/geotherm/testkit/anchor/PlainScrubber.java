package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.ScrubbedText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scrubber of a {@link PlainStore}. */
record PlainScrubber(boolean enabled, StoreFault fault) {
    private static final Pattern PERSONAL = Pattern.compile(
            "\\S+@\\S+\\.\\w+|\\+\\d[\\d ]{6,}\\d|[A-Z]{2}\\d\\d(?: ?\\d{2,4}){4,}|\\d+\\.\\d+\\.\\d+\\.\\d+");

    ScrubbedText scrub(String text) {
        StringBuilder kept = new StringBuilder();
        List<ScrubbedText.Replacement> replacements = new ArrayList<>();
        Matcher personal = PERSONAL.matcher(text);
        while (enabled && personal.find()) {
            personal.appendReplacement(kept, "[personal]");
            int end = kept.length();
            int moved = fault == StoreFault.OFFSETS_ARE_THOSE_OF_THE_SCRUBBED_TEXT ? end - personal.end() : 0;
            replacements.add(new ScrubbedText.Replacement(
                    end - "[personal]".length(), end, personal.start() + moved, personal.end() + moved));
        }
        return new ScrubbedText(personal.appendTail(kept).toString(), replacements);
    }
}
