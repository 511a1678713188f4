package dev.geotherm.diff.json;

/** A check for unpaired surrogates. UTF-8 cannot encode them; JSON can, as an escape, in texts but not in names. */
public final class UnpairedSurrogate {
    private UnpairedSurrogate() {}

    /** Returns whether a text contains an unpaired surrogate. */
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
