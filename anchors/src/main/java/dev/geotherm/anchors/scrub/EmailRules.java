package dev.geotherm.anchors.scrub;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for e-mail addresses, in the form of mail programs and spelled out. */
final class EmailRules {
    private static final String LOCAL = "[\\p{L}\\p{N}._+'#*~!$^-]";

    /** The address of a recipient within the bounce address of a mailing list: list-jane=example.org@lists.example.com. */
    private static final String RECIPIENT = "=(?=[\\p{L}\\p{N}.-]{1,64}+@)(?=[\\p{L}\\p{N}-]{1,64}+\\.)";

    private static final String LOCAL_PART =
            "(?:\"[^\"\\r\\n]{0,64}+\"|(?<!" + LOCAL + ")(?:" + LOCAL + "|%(?!40)|" + RECIPIENT + "){1,64}+)";

    private static final String ENCODED_AT = "%40|&#0{0,4}64;|&#[xX]0{0,4}40;|&commat;";

    private static final String SPELLED_DOT =
            " ?[\\[({] ?(?i:dot|punkt|point|punto) ?[\\])}] ?|\\[\\.]|\\(\\.\\)" + "|&#0{0,4}46;|&#[xX]0{0,4}2[eE];";

    /**
     * A local part, quoted or not; an at sign, possibly encoded, in brackets or before a line break; and domain labels, the
     * last of which begins with a letter.
     */
    static final PatternRule EMAIL = new PatternRule(
            "email",
            TextTraits.AT,
            EmailRules::nextLocalPart,
            Pattern.compile(LOCAL_PART + "(?<at> ?[\\[({]@[\\])}] ?|@(?:" + Borders.BREAK + ")?|" + ENCODED_AT
                    + ")(?<domain>(?:[\\p{L}\\p{N}.-]|" + SPELLED_DOT + "){1,255}+)"),
            EmailRules::endOfEmail,
            EmailRules::canonical);

    /** An address with a spelled-out at sign: {@code jane [at] example [dot] org}, {@code jane AT example DOT org}. */
    static final PatternRule SPELLED = new PatternRule(
            "email",
            TextTraits.SPELLED_AT,
            EmailRules::nextWord,
            Pattern.compile(LOCAL_PART
                    + "(?:(?<at>\\s?[\\[({<]\\s?(?i:at)\\s?[\\])}>]\\s?)(?<domain>(?:[\\p{L}\\p{N}.-]|" + SPELLED_DOT
                    + "){1,255}+)|(?<AT> AT )(?<DOMAIN>[\\p{L}\\p{N}-]{1,64}+(?: DOT [\\p{L}\\p{N}-]{1,64}+){1,5}+))"),
            EmailRules::endOfEmail,
            EmailRules::canonical);

    private static final Pattern ANY_DOT = Pattern.compile(SPELLED_DOT + "| DOT ");
    private static final Pattern ANY_AT =
            Pattern.compile("@\\s[\\s>|]*+|\\s?[\\[({<]\\s?(?i:at|@)\\s?[\\])}>]\\s?| AT |" + ENCODED_AT);

    /**
     * The maximum scanned length of a local part: more than the valid 64 characters, because no part of a longer one may
     * match.
     */
    private static final int LONGEST_LOCAL_PART = 66;

    /** The shared accounts of version control systems, as in git@github.com. */
    private static final Set<String> SHARED_ACCOUNTS = Set.of("git", "hg", "svn", "cvs", "bzr");

    /**
     * A version after an at sign, as in {@code tool@1.0.0-beta.rc} and {@code action@v4.1}, or the scale of an image, as in
     * {@code logo@2x.png}.
     */
    private static final Pattern VERSION_OR_SCALE = Pattern.compile("[vV]?\\d++\\.\\d.*|\\d++(?:\\.\\d++)?x\\..*");

    /** File extensions that are not top-level domains. */
    private static final Set<String> FILE_EXTENSIONS = Set.of(
            ("png jpg jpeg gif svg webp avif bmp ico tif tiff pdf doc docx xls xlsx ppt pptx odt csv tsv txt log xml html htm xhtml "
                            + "json jsonl yaml yml toml ini conf cfg properties css scss less js mjs jsx ts tsx vue java class jar "
                            + "war kt scala groovy cpp hpp cs go php rb swift sql bat exe dll iso img gz tgz bz2 xz zst tar rar 7z "
                            + "mp3 mp4 avi mkv wav bak tmp lock patch diff")
                    .split(" "));

    private EmailRules() {}

    /** Returns the next start of a word. */
    private static int nextWord(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if ((isLocal(text.charAt(i)) && (i == 0 || !isLocal(text.charAt(i - 1)))) || text.charAt(i) == '"') {
                return i;
            }
        }
        return Starts.NONE;
    }

    /** Returns the next start of a word or quoted words that end at an at sign. */
    private static int nextLocalPart(String text, int from) {
        for (int at = nextAt(text, from); at != Starts.NONE; at = nextAt(text, at + 1)) {
            int end = at > 0 && "[({".indexOf(text.charAt(at - 1)) >= 0 ? at - 1 : at;
            end = end < at && end > 0 && text.charAt(end - 1) == ' ' ? end - 1 : end;
            int start = Math.max(from, startOfLocalPart(text, end));
            while (start < end && start > 0 && isLocal(text.charAt(start - 1)) && text.charAt(start) != '"') {
                start++; // skips the rest of a word
            }
            if (start < end) {
                return start > from && text.charAt(start - 1) == '"' ? start - 1 : start;
            }
        }
        return Starts.NONE;
    }

    private static int startOfLocalPart(String text, int end) {
        int first = Math.max(0, end - LONGEST_LOCAL_PART);
        if (end > 0 && text.charAt(end - 1) == '"') {
            int quote = text.lastIndexOf('"', end - 2);
            return quote >= first ? quote : end;
        }
        int start = end;
        while (start > first && (isLocal(text.charAt(start - 1)) || "%=".indexOf(text.charAt(start - 1)) >= 0)) {
            start--;
        }
        return start;
    }

    private static int nextAt(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '@' || (c == '%' && text.startsWith("40", i + 1)) || (c == '&' && isEntity(text, i + 1))) {
                return i;
            }
        }
        return Starts.NONE;
    }

    private static boolean isEntity(String text, int index) {
        return text.startsWith("#", index) || text.startsWith("commat;", index);
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || "._+'#*~!$^-".indexOf(c) >= 0;
    }

    private static int endOfEmail(String text, int start, Matcher found) {
        boolean upperCase = found.pattern() == SPELLED.candidate() && found.group("AT") != null;
        int atStart = found.start(upperCase ? "AT" : "at");
        int domainStart = found.start(upperCase ? "DOMAIN" : "domain");
        int last = found.end();
        while (last > domainStart && !endsLabel(text, last)) {
            last--; // excludes the full stop of the sentence
        }
        String local = text.substring(start, atStart);
        String domain = ANY_DOT.matcher(text.substring(domainStart, last)).replaceAll(".");
        return SHARED_ACCOUNTS.contains(local) || !isDomain(domain) ? start : last;
    }

    private static boolean endsLabel(String text, int end) {
        return Character.isLetterOrDigit(text.charAt(end - 1));
    }

    private static boolean isDomain(String domain) {
        int dot = domain.lastIndexOf('.');
        boolean named = dot > 0 && dot + 2 < domain.length() && Character.isLetter(domain.charAt(dot + 1));
        return named
                && !domain.contains("..")
                && !domain.startsWith(".")
                && !VERSION_OR_SCALE.matcher(domain).matches()
                && !FILE_EXTENSIONS.contains(domain.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static String canonical(String found) {
        String dots = ANY_DOT.matcher(found).replaceAll(".");
        return ANY_AT.matcher(dots).replaceAll("@").toLowerCase(Locale.ROOT);
    }
}
