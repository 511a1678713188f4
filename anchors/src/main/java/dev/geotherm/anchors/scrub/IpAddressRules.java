package dev.geotherm.anchors.scrub;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for IPv4 and IPv6 addresses. */
final class IpAddressRules {
    private static final String DOT = "(?:\\.|\\[\\.]|\\(\\.\\)|\\[dot])";

    static final PatternRule IP_4 = new PatternRule(
            "ip",
            TextTraits.DIGIT,
            Starts::digit,
            Pattern.compile("(?:(?<![\\p{L}\\p{N}.]|\\p{L}[-/])|(?<=(?<!\\p{L})[iI][pP]))\\d{1,3}+(?:" + DOT
                    + "\\d{1,3}+){3}+(?!\\.?[\\p{L}\\p{N}])"),
            IpAddressRules::endOfVersion4,
            IpAddressRules::digitsAndDots);

    /** Words after which four numbers are a version or a section number, not an address. */
    private static final Set<String> NUMBERED =
            Set.of(("v ver version versions rel release releases rev revision build firmware"
                            + " driver kernel update upgrade patch hotfix jar war dll exe rpm deb apk gem msi lib libs library package"
                            + " module artifact plugin addon extension sdk jdk jre chrome chromium firefox safari opera msie windows"
                            + " android ios macos maven gradle npm nuget chapter chapters chap ch section sections sect sec paragraph"
                            + " paragraphs para clause clauses article articles annex appendix figure fig table oid step item"
                            + " requirement req rule \u00a7")
                    .split(" "));

    /** The text before a version: a version comparison, a revision's timestamp, an upgrade, or artifact coordinates. */
    private static final Pattern VERSION_FOLLOWS = Pattern.compile("(?:>=|<=|~>|~=|\\^) ?$|[+-]\\d{4}\t$"
            + "|(?i:upgrad|downgrad|updat)\\p{L}{0,4} (?:from \\S{1,20} )?(?i:to|from) $"
            + "|\\p{L}[\\p{L}\\p{N}_-]{0,32}\\.[\\p{L}\\p{N}._-]{1,64}:\\p{L}[\\p{L}\\p{N}._-]{0,64}:$");

    /** The last characters of a match of {@link #VERSION_FOLLOWS}. */
    private static final String BEFORE_VERSION = "=>^:om\t";

    /** The text after four numbers that are a version. */
    private static final Pattern AFTER_VERSION =
            Pattern.compile("(?i)-(?:snapshot|alpha|beta|rc|release|final|ga|dev|pre|b|build|m)\\.?\\d{0,4}(?!\\p{L})"
                    + "| (?:release|version|build|update|jar|snapshot|hotfix|patch|firmware)(?!\\p{L})");

    private static final int CONTEXT = 80;
    private static final int LONGEST_GAP = 5;
    private static final int LONGEST_WORD = 16;

    static final PatternRule IP_6 = new PatternRule(
            "ip",
            TextTraits.COLON,
            IpAddressRules::nextVersion6,
            Pattern.compile("(?<![\\p{L}\\p{N}.]|[0-9a-fA-F:.]:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}+(?![\\p{L}\\p{N}:])"),
            IpAddressRules::endOfVersion6,
            found -> found.toLowerCase(Locale.ROOT));

    /** The assigned first groups: global, unique local, link-local, multicast and translated addresses. */
    private static final Pattern FIRST_GROUP =
            Pattern.compile("(?i)[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]" + "|ff[0-9a-f]{2}|64");

    private static final Pattern MAPPED =
            Pattern.compile("(?i)::(?:1|(?:ffff:(?:0:)?)?\\d{1,3}(?:\\.\\d{1,3}){3}|ffff:.+)");
    private static final Pattern LONG_GROUP = Pattern.compile("[0-9a-fA-F]{3}");
    private static final int LONG_GROUPS_OF_AN_ADDRESS = 6;
    private static final int LONGEST_GROUP = 4;
    private static final int INVALID = -1000;

    private IpAddressRules() {}

    private static int endOfVersion4(String text, int start, Matcher found) {
        int end = found.end();
        boolean version = isNumbered(text, start)
                || AFTER_VERSION
                        .matcher(text)
                        .region(end, Math.min(text.length(), end + CONTEXT))
                        .lookingAt();
        return isVersion4(digitsAndDots(found.group())) && !version ? end : start;
    }

    private static boolean isNumbered(String text, int start) {
        int last = start;
        while (last > 0 && start - last < LONGEST_GAP && " \"'.:#=>".indexOf(text.charAt(last - 1)) >= 0) {
            last--;
        }
        int word = last;
        while (word > 0 && last - word < LONGEST_WORD && isLetter(text.charAt(word - 1))) {
            word--;
        }
        if (NUMBERED.contains(text.substring(word, last).toLowerCase(Locale.ROOT))) {
            return word == 0 || !isLetter(text.charAt(word - 1));
        }
        int end = start > 0 && text.charAt(start - 1) == ' ' ? start - 1 : start;
        return end > 0
                && BEFORE_VERSION.indexOf(text.charAt(end - 1)) >= 0
                && VERSION_FOLLOWS
                        .matcher(text.substring(Math.max(0, start - CONTEXT), start))
                        .find();
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || c == '\u00a7';
    }

    private static String digitsAndDots(String found) {
        return found.replaceAll("\\D++", ".");
    }

    private static boolean isVersion4(String text) {
        for (String part : text.split("\\.", -1)) {
            if (part.length() > 3 || part.isEmpty() || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Returns the next run of hexadecimal digits and colons that has two colons with at most one group between them. */
    private static int nextVersion6(String text, int from) {
        for (int colon = text.indexOf(':', from); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            int group = colon + 1;
            while (group < text.length() && group - colon <= LONGEST_GROUP && isHex(text.charAt(group))) {
                group++;
            }
            if (group < text.length() && text.charAt(group) == ':') {
                int start = colon;
                while (start > from && colon - start < LONGEST_GROUP && isHex(text.charAt(start - 1))) {
                    start--;
                }
                return start;
            }
        }
        return Starts.NONE;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static int endOfVersion6(String text, int start, Matcher found) {
        int last = found.end();
        while (last > start && text.charAt(last - 1) == '.') {
            last--;
        }
        return isVersion6(text.substring(start, last)) ? last : start;
    }

    /**
     * Returns whether the text has eight groups, or fewer around one {@code ::}. The last two groups may be an IPv4 address.
     */
    private static boolean isVersion6(String text) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::") || text.contains(":::") || !isInUse(text)) {
            return false;
        }
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /**
     * Returns whether an assigned address can begin like this. Other texts with colons are program scopes ({@code
     * add::dead:beef}), list slices ({@code 1::2}), times or hardware addresses.
     */
    private static boolean isInUse(String text) {
        boolean digit = text.chars().anyMatch(c -> c >= '0' && c <= '9');
        String first = text.substring(0, Math.max(0, text.indexOf(':')));
        return (digit && FIRST_GROUP.matcher(first).matches())
                || MAPPED.matcher(text).matches()
                || LONG_GROUP.matcher(text).results().count() >= LONG_GROUPS_OF_AN_ADDRESS;
    }

    /** Returns the number of groups of 16 bits; negative if one is invalid. */
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
                    return INVALID;
                }
                groups += 2;
            } else if (parts[i].isEmpty() || parts[i].length() > 4) {
                return INVALID;
            } else {
                groups++;
            }
        }
        return groups;
    }
}
