package dev.geotherm.diff.compare;

/**
 * The common prefix and suffix of two texts, in UTF-16 units; surrogate pairs are not split.
 *
 * @param head the length of the common prefix
 * @param tail the length of the common suffix, which does not overlap the prefix
 */
record TextOverlap(int head, int tail) {

    static TextOverlap of(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int head = 0;
        while (head < shorter && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        if (head > 0 && Character.isHighSurrogate(a.charAt(head - 1))) {
            head--;
        }
        int tail = 0;
        while (tail < shorter - head && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
            tail++;
        }
        if (tail > 0 && Character.isLowSurrogate(a.charAt(a.length() - tail))) {
            tail--;
        }
        return new TextOverlap(head, tail);
    }

    /** Returns the share of the longer text that is not common, rounded to two digits. */
    double magnitude(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        return longer == 0 ? 0 : Magnitude.rounded(1 - (double) (head + tail) / longer);
    }
}
