package dev.geotherm.anchors.scrub;

import java.util.List;

/** The traits of a text: characters and words in its {@link SearchForm} without which a rule cannot find anything. */
final class TextTraits {
    static final int NONE = 0;
    static final int DIGIT = 1;

    /** An at sign, or the beginning of an encoded one: a percent sign or an HTML character reference. */
    static final int AT = 2;

    /** The word "at" in brackets, or "AT" between spaces. */
    static final int SPELLED_AT = 4;

    static final int COLON = 8;

    /** A run of characters with digits that is long enough for a token, or five hyphens, as around a private key. */
    static final int TOKEN = 16;

    /** A word for a credential before a colon or an equals sign, or a user with a password in a URL. */
    static final int CREDENTIAL = 32;

    /** The endings of words for credentials, and of the header that contains them. */
    private static final List<String> CREDENTIAL_ENDS = List.of(
            "key",
            "token",
            "password",
            "passwd",
            "secret",
            "pwd",
            "phrase",
            "credential",
            "credentials",
            "keyid",
            "key_id",
            "key-id",
            "authorization");

    private static final int LONGEST_GAP = 5;
    private static final int LONGEST_USER = 200;

    static final int SHORTEST_TOKEN = 16;
    private static final int HYPHENS = 5;

    private TextTraits() {}

    /** Returns the traits of a text. */
    static int of(String form) {
        int traits = 0;
        int run = 0; // the length of the current run of token characters
        int hyphens = 0;
        boolean digitInRun = false;
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            hyphens = c == '-' ? hyphens + 1 : 0;
            if (c >= 'a' && c <= 'z') {
                run++;
                continue;
            }
            if (c >= '0' && c <= '9') {
                traits |= DIGIT;
                digitInRun = true;
                run++;
            } else if ((c >= 'A' && c <= 'Z') || c == '_' || c == '-') {
                run++;
                traits |= c == 'T' && isUpperCaseAt(form, i) ? SPELLED_AT : 0;
                traits |= hyphens >= HYPHENS ? TOKEN : 0;
            } else {
                traits |= digitInRun && run >= SHORTEST_TOKEN ? TOKEN : 0;
                run = 0;
                digitInRun = false;
                traits |= ofSign(form, i, c);
            }
        }
        return digitInRun && run >= SHORTEST_TOKEN ? traits | TOKEN : traits;
    }

    private static int ofSign(String form, int index, char c) {
        return switch (c) {
            case '@', '%' -> AT;
            case '&' -> form.startsWith("#", index + 1) || form.startsWith("commat;", index + 1) ? AT : 0;
            case ':' -> COLON | (followsCredential(form, index) || precedesUser(form, index) ? CREDENTIAL : 0);
            case '=' -> followsCredential(form, index) ? CREDENTIAL : 0;
            case ']', ')', '}', '>' -> endsWithAt(form, index) ? SPELLED_AT : 0;
            default -> 0;
        };
    }

    private static boolean endsWithAt(String form, int end) {
        int last = end > 0 && form.charAt(end - 1) == ' ' ? end - 1 : end;
        return last >= 3
                && form.regionMatches(true, last - 2, "at", 0, 2)
                && !Character.isLetter(form.charAt(last - 3));
    }

    private static boolean isUpperCaseAt(String form, int index) {
        return index >= 2 && form.startsWith(" AT ", index - 2);
    }

    private static boolean followsCredential(String form, int index) {
        int end = index;
        while (end > 0 && index - end < LONGEST_GAP && " \t\"':".indexOf(form.charAt(end - 1)) >= 0) {
            end--;
        }
        for (String word : CREDENTIAL_ENDS) {
            if (form.regionMatches(true, end - word.length(), word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a colon begins {@code ://user:password@}. */
    private static boolean precedesUser(String form, int index) {
        if (!form.startsWith("//", index + 1)) {
            return false;
        }
        for (int i = index + 3; i < Math.min(form.length(), index + LONGEST_USER); i++) {
            char c = form.charAt(i);
            if (c == '@') {
                return true;
            } else if (c == '/' || c <= ' ') {
                return false;
            }
        }
        return false;
    }
}
