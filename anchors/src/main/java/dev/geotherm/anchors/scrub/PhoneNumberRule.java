package dev.geotherm.anchors.scrub;

import java.util.regex.Pattern;

/**
 * The rule for telephone numbers, in forms that ordinary numbers do not have: after a plus sign or 00, after a word for
 * telephone, with a trunk zero and groups, or as the three groups of North America.
 */
final class PhoneNumberRule {
    private static final int FEWEST = 7;
    private static final int MOST = 15;

    private static final String SPACE = "[" + ScrubRule.SPACES + "]";
    private static final String DASH = "[" + ScrubRule.SPACES + ScrubRule.HYPHENS + "]";
    private static final String DOT = "[." + ScrubRule.SPACES + ScrubRule.HYPHENS + "]";
    private static final String SLASH = "[/" + ScrubRule.SPACES + ScrubRule.HYPHENS + "]";
    private static final String ANY = "[./" + ScrubRule.SPACES + ScrubRule.HYPHENS + "]";
    private static final String GROUPS = "(?:" + ANY + "{0,2}\\(?\\d{1,14}+\\)?){1,8}+";

    static final ScrubRule PHONE = new ScrubRule(
            "[phone]",
            Pattern.compile("(?<![\\p{L}\\p{N}.,+-])(?<!\\d" + DASH + ")(?:"
                    + ("\\+\\(?\\d{1,15}+\\)?(?:" + GROUPS + ")?")
                    + ("|00" + SPACE + "?[1-9]\\d{0,2}" + ANY + GROUPS)
                    + ("|\\(0\\d{1,5}\\)" + ANY + "?\\d{2,9}+(?:" + DASH + "\\d{2,8}+){0,4}+")
                    + ("|0\\d{1,5}" + SLASH + "\\d{3,9}+(?:" + DASH + "\\d{2,8}+){0,4}+")
                    + ("|0\\d(?:[." + ScrubRule.SPACES + "]\\d{2}){4}(?!\\d)")
                    + ("|(?:1" + DOT + ")?(?:\\([2-9]\\d{2}\\)" + SPACE + "?|[2-9]\\d{2}[." + ScrubRule.HYPHENS + "])")
                    + ("[2-9]\\d{2}" + DOT + "\\d{4}(?!\\d)")
                    + ("|(?i:tel|telephone|phone|fax|mobile|cell)\\b[.:]{0,2}" + SPACE + "?")
                    + ("\\(?\\d{1,15}+\\)?(?:" + GROUPS + ")?")
                    + ")(?![\\p{L}\\p{N}])"),
            PhoneNumberRule::end);

    private PhoneNumberRule() {}

    private static int end(String text, int start, int end) {
        long digits =
                text.substring(start, end).chars().filter(Character::isDigit).count();
        return digits >= FEWEST && digits <= MOST ? end : start;
    }
}
