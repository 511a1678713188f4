package dev.geotherm.diff.json;

/** Half of a surrogate pair, which UTF-8 has not: JSON carries it in a text as an escape, and in a name not at all. */
public final class UnpairedSurrogate {
    private UnpairedSurrogate() {}

    /** Returns whether there is one in a text. */
    public static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
