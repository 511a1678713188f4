package dev.geotherm.anchors.scrub;

import java.util.regex.Pattern;

/** The rules for e-mail and IP addresses. */
final class InternetAddressRules {
    private static final String LOCAL = "[\\p{L}\\p{N}._%+'-]";

    /** A local part, an at sign, and labels of a domain of which the last begins with a letter. */
    static final ScrubRule EMAIL = new ScrubRule(
            "[email]",
            Pattern.compile("(?<!" + LOCAL + ")" + LOCAL + "{1,64}+@[\\p{L}\\p{N}.-]{1,255}+"),
            InternetAddressRules::endOfEmail);

    static final ScrubRule IP_4 = new ScrubRule(
            "[ip]",
            Pattern.compile("(?<![\\p{L}\\p{N}.,-])\\d{1,3}+(?:\\.\\d{1,3}+){3}+(?!\\.?[\\p{L}\\p{N}])"),
            (text, start, end) -> isVersion4(text.substring(start, end)) ? end : start);

    static final ScrubRule IP_6 = new ScrubRule(
            "[ip]",
            Pattern.compile("(?<![\\p{L}\\p{N}:.])[0-9a-fA-F:][0-9a-fA-F:.]{1,44}+(?![\\p{L}\\p{N}:])"),
            InternetAddressRules::endOfVersion6);

    private InternetAddressRules() {}

    private static int endOfEmail(String text, int start, int end) {
        int at = text.indexOf('@', start);
        int last = end;
        while (last > at && !Character.isLetterOrDigit(text.charAt(last - 1))) {
            last--; // the full stop of the sentence
        }
        String domain = text.substring(at + 1, last);
        int dot = domain.lastIndexOf('.');
        boolean named = dot > 0 && dot + 2 < domain.length() && Character.isLetter(domain.charAt(dot + 1));
        return named && !domain.contains("..") && !domain.startsWith(".") ? last : start;
    }

    private static boolean isVersion4(String text) {
        for (String part : text.split("\\.", -1)) {
            if (part.length() > 3 || part.isEmpty() || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
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
        boolean digit = text.chars().anyMatch(Character::isDigit);
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return digit && before >= 0 && after >= 0 && before + after <= 7;
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
