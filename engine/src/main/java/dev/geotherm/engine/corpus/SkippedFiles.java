package dev.geotherm.engine.corpus;

import java.util.List;

/** A count of skipped files, with the first one as an example. */
final class SkippedFiles {
    private final String one;
    private final String several;
    private int count;
    private String first = "";

    /**
     * Creates a count that starts at 0.
     *
     * @param one the noun for a single file
     * @param several the noun for several files
     */
    SkippedFiles(String one, String several) {
        this.one = one;
        this.several = several;
    }

    void add(String name) {
        first = count == 0 || name.compareTo(first) < 0 ? name : first;
        count++;
    }

    int count() {
        return count;
    }

    /** Returns the first name in alphabetical order, or an empty text. */
    String first() {
        return first;
    }

    void addTo(List<String> notes) {
        if (count > 0) {
            notes.add("skipped: " + count + " " + (count == 1 ? one + ", " : several + ", such as ") + first);
        }
    }
}
