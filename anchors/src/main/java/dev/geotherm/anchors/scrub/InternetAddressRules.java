package dev.geotherm.anchors.scrub;

import java.util.Set;
import java.util.regex.Pattern;

/** The rules for e-mail and IP addresses. */
final class InternetAddressRules {
    private static final String LOCAL = "[\\p{L}\\p{N}._+'#*~!$^-]";

    /** The address of a recipient within that of a list's returns: list-jane=example.org@lists.example.com. */
    private static final String RECIPIENT = "=(?=[\\p{L}\\p{N}.-]{1,64}+@)(?=[\\p{L}\\p{N}-]{1,64}+\\.)";

    /**
     * A local part, quoted or not, an at sign, which may be percent-encoded, and labels of a domain of which the last begins
     * with a letter.
     */
    static final ScrubRule EMAIL = new ScrubRule(
            "[email]",
            ScrubRule.AT,
            Pattern.compile("(?:\"[^\"\\r\\n]{1,64}+\"|(?<!" + LOCAL + ")(?:" + LOCAL + "|%(?!40)|" + RECIPIENT
                    + "){1,64}+)" + "(?:@|%40)[\\p{L}\\p{N}.-]{1,255}+"),
            InternetAddressRules::endOfEmail);

    /** Accounts of version control systems, which everybody shares: git@github.com. */
    private static final Set<String> SHARED_ACCOUNTS = Set.of("git", "hg", "svn", "cvs", "bzr");

    static final ScrubRule IP_4 = new ScrubRule(
            "[ip]",
            ScrubRule.DIGIT,
            Pattern.compile("(?<![\\p{L}\\p{N}.,-]|\\p{L}/)\\d{1,3}+(?:\\.\\d{1,3}+){3}+(?!\\.?[\\p{L}\\p{N}])"),
            (text, start, end) -> isVersion4(text.substring(start, end)) && !isNumbering(text, start) ? end : start);

    /** Words before four numbers that are a version or a place in a document rather than an address. */
    private static final Pattern NUMBERING = Pattern.compile(
            "(?i)(?:\\b(?:v|ver|versions?|rel|releases?|rev|revision|build|firmware|driver|kernel|update|patch|chapters?|chap|ch"
                    + "|sections?|sect|sec|paragraphs?|para|clauses?|articles?|annex|appendix|figure|fig|table|oid|step|item"
                    + "|requirement|req|rule)|\u00a7)[.:#=]? {0,2}$");

    private static final int LONGEST_WORD_BEFORE = 16;

    static final ScrubRule IP_6 = new ScrubRule(
            "[ip]",
            ScrubRule.COLON,
            Pattern.compile("(?<![\\p{L}\\p{N}:.])[0-9a-fA-F:][0-9a-fA-F:.]{1,44}+(?![\\p{L}\\p{N}:])"),
            InternetAddressRules::endOfVersion6);

    private static final Pattern LONG_GROUP = Pattern.compile("[0-9a-fA-F]{3}|\\.");

    private InternetAddressRules() {}

    private static int endOfEmail(String text, int start, int end) {
        int localEnd = endOfLocalPart(text, start);
        int at = localEnd + (text.charAt(localEnd) == '@' ? 0 : 2); // the last character of the at sign
        if (SHARED_ACCOUNTS.contains(text.substring(start, localEnd))) {
            return start;
        }
        int last = end;
        while (last > at + 1 && !Character.isLetterOrDigit(text.charAt(last - 1))) {
            last--; // the full stop of the sentence
        }
        String domain = text.substring(at + 1, last);
        int dot = domain.lastIndexOf('.');
        boolean named = dot > 0 && dot + 2 < domain.length() && Character.isLetter(domain.charAt(dot + 1));
        return named && !domain.contains("..") && !domain.startsWith(".") ? last : start;
    }

    private static int endOfLocalPart(String text, int start) {
        if (text.charAt(start) == '"') {
            return text.indexOf('"', start + 1) + 1;
        }
        int end = start;
        while (text.charAt(end) != '@' && !text.startsWith("%40", end)) {
            end++;
        }
        return end;
    }

    private static boolean isVersion4(String text) {
        for (String part : text.split("\\.", -1)) {
            if (part.length() > 3 || part.isEmpty() || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumbering(String text, int start) {
        String before = text.substring(Math.max(0, start - LONGEST_WORD_BEFORE), start);
        return NUMBERING.matcher(before).find();
    }

    private static int endOfVersion6(String text, int start, int end) {
        int last = end;
        while (last > start && text.charAt(last - 1) == '.') {
            last--;
        }
        return isVersion6(text.substring(start, last)) ? last : start;
    }

    /** Returns whether the text has eight groups, or fewer around one {@code ::}; the last two may be an IPv4 address. */
    private static boolean isVersion6(String text) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::") || text.contains(":::")) {
            return false;
        }
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        if (!text.equals("::1") && !LONG_GROUP.matcher(text).find()) {
            return false; // more likely a slice of a list, such as 1::2
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /** Returns the number of groups of 16 bits, or -1000 if one is invalid. */
    private static int groups(String text, boolean version4AtTheEnd) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int groups = 0;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].indexOf('.') >= 0) {
                boolean fits =
                        version4AtTheEnd && i == parts.length - 1 && parts[i].matches("\\d{1,3}(\\.\\d{1,3}){3}");
                if (!fits || !isVersion4(parts[i])) {
                    return -1000;
                }
                groups += 2;
            } else if (parts[i].isEmpty() || parts[i].length() > 4) {
                return -1000;
            } else {
                groups++;
            }
        }
        return groups;
    }
}
