package com.example.badge;

import dev.geotherm.api.anchor.ScrubRule;
import java.util.List;
import java.util.regex.Pattern;

/** A scrub rule for staff numbers such as EMP-01234, with or without the hyphen. */
final class BadgeRule implements ScrubRule {
    private final Pattern pattern;

    BadgeRule(BadgeSettings settings) {
        // Bounded and without nested repetition, so backtracking stays short.
        pattern = Pattern.compile("(?<![A-Za-z0-9])" + settings.prefix() + "-?\\d{5}(?!\\d)");
    }

    @Override
    public List<Item> find(CharSequence text) {
        return pattern.matcher(text)
                .results()
                .map(found -> new Item(found.start(), found.end()))
                .toList();
    }

    @Override
    public String canonical(String item) {
        return item.replace("-", "");
    }
}
