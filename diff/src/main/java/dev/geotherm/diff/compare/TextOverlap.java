package dev.geotherm.diff.compare;

/**
 * How much two texts have in common at their beginnings and ends, in UTF-16 units; pairs of surrogates are not split.
 *
 * @param head the length of the common beginning
 * @param tail the length of the common end behind it
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

    /** Returns the share of the longer text that is not in common, in two digits. */
    double magnitude(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        return longer == 0 ? 0 : Magnitude.rounded(1 - (double) (head + tail) / longer);
    }
}
