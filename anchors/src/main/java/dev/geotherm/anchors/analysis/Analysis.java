package dev.geotherm.anchors.analysis;

import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of an analysis of texts.
 *
 * @param language the language of all texts: its code, {@link #AUTO} to detect that of each text, or {@link #NONE} for words
 *     as they are
 * @param foldDiacritics whether words with and without diacritics are the same
 */
public record Analysis(String language, boolean foldDiacritics) {
    /** Detects the language of each text. */
    public static final String AUTO = "auto";

    /** Leaves words as they are. */
    public static final String NONE = "none";

    /** The analysis of indexes that do not say theirs. */
    public static final Analysis FORMER = new Analysis("en", false);

    /** Changes with the words that an analysis makes of a text. */
    private static final String VERSION = "1";

    private static final String FOLD = "fold";

    /** Returns the languages that can be set. */
    public static List<String> languages() {
        return Stream.concat(Stream.of(AUTO, NONE), Language.codes().stream()).toList();
    }

    /** Returns the analysis of a text that {@link #toString} made; of one that it did not make, that of older indexes. */
    public static Analysis parse(String text) {
        String[] parts = text.split(" ", -1);
        return parts.length == 3 && languages().contains(parts[1])
                ? new Analysis(parts[1], parts[2].equals(FOLD))
                : FORMER;
    }

    /** Returns a text from which {@link #parse} makes an equal analysis. */
    @Override
    public String toString() {
        return VERSION + " " + language + " " + (foldDiacritics ? FOLD : "keep");
    }
}
