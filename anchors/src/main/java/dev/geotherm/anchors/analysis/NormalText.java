package dev.geotherm.anchors.analysis;

import java.text.Normalizer;

/**
 * The normal form for comparing texts: Unicode's NFKC, case-folded and without invisible characters. In this form, a
 * composed letter equals a letter with marks, a full-width letter equals a narrow one, and a ligature equals its letters.
 *
 * <p>Source: Unicode Standard, section 3.13, "NFKC_Casefold". The dotless letter i stays distinct from i.
 */
final class NormalText {
    private NormalText() {}

    /** Returns the normal form of a text. */
    static String of(String text) {
        int ascii = 0;
        while (ascii < text.length() && text.charAt(ascii) < 0x80) {
            ascii++;
        }
        return ascii == text.length() ? lowerCase(text) : folded(Normalizer.normalize(text, Normalizer.Form.NFKC));
    }

    private static String lowerCase(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (isUpperCase(ascii.charAt(i))) {
                char[] letters = ascii.toCharArray();
                for (; i < letters.length; i++) {
                    letters[i] += (char) (isUpperCase(letters[i]) ? 'a' - 'A' : 0);
                }
                return new String(letters);
            }
        }
        return ascii;
    }

    private static boolean isUpperCase(char ascii) {
        return ascii >= 'A' && ascii <= 'Z';
    }

    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int letter = text.codePointAt(at);
            at += Character.charCount(letter);
            if (letter < 0x80) {
                folded.append(isUpperCase((char) letter) ? (char) (letter + 'a' - 'A') : (char) letter);
            } else if (letter == 'ß' || letter == 'ẞ') {
                folded.append("ss");
            } else if (letter == 'ı') {
                folded.append('ı');
            } else if (!isInvisible(letter)) {
                folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(letter)));
            }
        }
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** Returns whether a character only affects the display of its neighbours, such as a soft hyphen or a joiner. */
    private static boolean isInvisible(int letter) {
        return (letter != 0x200B && Character.getType(letter) == Character.FORMAT) // a zero-width space ends a word
                || (letter >= 0xFE00 && letter <= 0xFE0F)
                || (letter >= 0xE0100 && letter <= 0xE01EF)
                || letter == 0x034F;
    }
}
