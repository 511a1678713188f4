package dev.geotherm.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A search for the name that a user probably meant, for messages about unknown names. Stateless. */
public final class NearestName {
    private NearestName() {}

    /**
     * Returns a message about an unknown name. It suggests the nearest known name, or lists all known names if none is
     * near.
     *
     * @param what the kind of name, such as {@code profile} or {@code setting}
     * @param name the unknown name
     * @param known the known names
     */
    public static String unknown(String what, String name, Collection<String> known) {
        return "unknown " + what + " '" + name + "'"
                + of(name, known)
                        .map(NearestName::suggestion)
                        .orElseGet(() -> known.isEmpty()
                                ? "; no " + what + " exists"
                                : "; choose one of " + known.stream().sorted().collect(Collectors.joining(", ")));
    }

    /** Returns the end of a message that suggests a name: {@code ; did you mean 'maxSize'?} */
    public static String suggestion(String near) {
        return "; did you mean '" + near + "'?";
    }

    /**
     * Returns the nearest known name by edit distance, if its distance is at most a third of the name's length, or 2 edits
     * for a short name. Of equally near names, returns the first in alphabetical order.
     */
    public static Optional<String> of(String name, Collection<String> known) {
        int reach = Math.max(2, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= reach)
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns the edit distance (Wagner and Fischer, 1974), ignoring case; O(n·m) time, O(m) space. */
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
