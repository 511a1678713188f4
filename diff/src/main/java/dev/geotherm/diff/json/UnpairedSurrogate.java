package dev.geotherm.diff.json;

/** Unpaired surrogates in texts. UTF-8 cannot carry them; JSON can, as an escape, in a text but not in a name. */
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
