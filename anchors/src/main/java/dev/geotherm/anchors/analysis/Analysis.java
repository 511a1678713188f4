package dev.geotherm.anchors.analysis;

import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of text analysis.
 *
 * @param language the language code for all texts, {@link #AUTO} to detect the language of each text, or {@link #NONE} to
 *     keep words unchanged
 * @param foldDiacritics whether words with and without diacritics are equal
 */
public record Analysis(String language, boolean foldDiacritics) {
    /** Detects the language of each text. */
    public static final String AUTO = "auto";

    /** Keeps words unchanged. */
    public static final String NONE = "none";

    /** The analysis of older indexes, which do not record it. */
    public static final Analysis FORMER = new Analysis("en", false);

    /** The version, to be changed whenever the analysis produces different words. */
    private static final String VERSION = "1";

    private static final String FOLD = "fold";

    /** Returns the codes of the supported languages. */
    public static List<String> languages() {
        return Stream.concat(Stream.of(AUTO, NONE), Language.codes().stream()).toList();
    }

    /** Parses the result of {@link #toString}. Any other text stands for the analysis of older indexes. */
    public static Analysis parse(String text) {
        String[] parts = text.split(" ", -1);
        return parts.length == 3 && languages().contains(parts[1])
                ? new Analysis(parts[1], parts[2].equals(FOLD))
                : FORMER;
    }

    /** Returns a text that {@link #parse} turns into an equal analysis. */
    @Override
    public String toString() {
        return VERSION + " " + language + " " + (foldDiacritics ? FOLD : "keep");
    }
}
