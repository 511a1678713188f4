package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.analysis.QueryWord;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The words of a query as written, which explanations show instead of stems. */
final class SurfaceForms {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    /** The number of first characters that a stem and its word are assumed to share. */
    private static final int SHARED_START = 3;

    /** The maximum assumed length difference between a word and its stem. */
    private static final int LONGEST_ENDING = 6;

    private final List<String> words;

    private SurfaceForms(List<String> words) {
        this.words = words;
    }

    static SurfaceForms of(String text) {
        return new SurfaceForms(List.of(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT))));
    }

    /** Returns the written word that most likely belongs to the form, or else the form itself. */
    String of(QueryWord word) {
        String form = new TreeSet<>(word.forms()).stream().findFirst().orElse("");
        int shared = form.offsetByCodePoints(0, Math.min(SHARED_START, form.codePointCount(0, form.length())));
        return words.stream()
                .filter(each ->
                        each.regionMatches(0, form, 0, shared) && each.length() <= form.length() + LONGEST_ENDING)
                .findFirst()
                .orElse(form);
    }
}
