package dev.geotherm.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the name that a user probably meant; one place for it, so that all messages speak alike. */
public final class NearestName {
    private NearestName() {}

    /**
     * Returns a message about a name that does not exist: with the nearest one there is, if any is near, and otherwise
     * with all of them.
     *
     * @param what what kind of thing was named: {@code profile}, {@code setting}
     */
    public static String unknown(String what, String name, Collection<String> known) {
        return "unknown " + what + " '" + name + "'"
                + of(name, known)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElseGet(() -> known.isEmpty()
                                ? "; there is none"
                                : "; there are " + known.stream().sorted().collect(Collectors.joining(", ")));
    }

    /**
     * Returns the nearest of the known names by edit distance, unless all are further away than a third of the name's
     * length (at least 2 edits are allowed).
     */
    public static Optional<String> of(String name, Collection<String> known) {
        int reach = Math.max(2, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= reach)
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Edit distance of Wagner and Fischer (1974), without regard to case; O(n·m) time, O(m) space. */
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
