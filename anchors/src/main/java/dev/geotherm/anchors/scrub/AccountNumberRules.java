package dev.geotherm.anchors.scrub;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules for international bank account numbers (IBAN) and payment card numbers, verified by length and check digits. */
final class AccountNumberRules {
    /** The lengths of account numbers by country, from the IBAN registry of ISO 13616. */
    private static final Map<String, Integer> IBAN_LENGTHS = Arrays.stream(
                    ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
                                    + "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 "
                                    + "JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 "
                                    + "NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 "
                                    + "ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30")
                            .split(" "))
            .collect(Collectors.toUnmodifiableMap(
                    country -> country.substring(0, 2), country -> Integer.parseInt(country.substring(2))));

    private static final Set<Integer> MAESTRO = Set.of(5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763);

    private static final int SHORTEST_CARD = 13;
    private static final int LONGEST_CARD = 19;

    /**
     * The minimum number of digits. Some countries allow letters everywhere, but words with one or two numbers between them
     * are not an account number.
     */
    private static final int FEWEST_DIGITS_OF_IBAN = 10;

    private static final String IBAN_SEPARATOR = "(?:[ ._\\t-]|-?" + Borders.BREAK + ")?";

    /** ISO 13616: two letters, two check digits, up to thirty letters and digits; often in groups of four. */
    static final PatternRule IBAN = new PatternRule(
            "iban",
            TextTraits.DIGIT,
            Starts::lettersBeforeDigit,
            Pattern.compile("(?<!\\p{N})[A-Za-z]{2}[ ._\\t-]?\\d{2}(?:" + IBAN_SEPARATOR + "[A-Za-z0-9]){11,30}+"),
            AccountNumberRules::endOfIban,
            found -> lettersAndDigits(found).toUpperCase(Locale.ROOT));

    /**
     * The separator of a card's usual groups. It is not accepted between arbitrary digits, because tables of numbers contain
     * it too.
     */
    private static final String GROUP_SEPARATOR = "(?:[ _\\t-]|-?" + Borders.BREAK + ")";

    private static final String DOT = "(?:\\.|\\.?" + Borders.BREAK + ")";
    private static final Pattern BROKEN_DIGITS = Pattern.compile("\\d+" + Borders.BREAK + "\\d+");

    private static final String NO_MORE_GROUPS = "(?!" + GROUP_SEPARATOR + "?+\\d)";

    /**
     * ISO/IEC 7812: 13 to 19 digits, often in groups. Dots are accepted only between the usual groups, because decimals
     * contain a dot too.
     */
    static final PatternRule CARD = new PatternRule(
            "card",
            TextTraits.DIGIT,
            Starts::digit,
            Pattern.compile("(?<![\\p{N}.])(?:"
                    + ("(?<!\\d[_\\t\\n])(?:\\d{4}(?:" + GROUP_SEPARATOR + "\\d{4}){3}|\\d{4}" + GROUP_SEPARATOR
                            + "\\d{6}" + GROUP_SEPARATOR + "\\d{5})" + NO_MORE_GROUPS)
                    + ("|\\d{4}(?:" + DOT + "\\d{4}){3}(?!\\.?\\d)|\\d{4}" + DOT + "\\d{6}" + DOT + "\\d{5}(?!\\.?\\d)")
                    + "|\\d(?:(?:[ -]|=\\r?\\n)?\\d){12,18}+"
                    + "|\\d{4,15}+" + Borders.BREAK + "\\d{1,15}+)"),
            AccountNumberRules::endOfCard,
            AccountNumberRules::lettersAndDigits);

    private AccountNumberRules() {}

    private static int endOfIban(String text, int start, Matcher candidate) {
        Integer length = IBAN_LENGTHS.get(text.substring(start, start + 2).toUpperCase(Locale.ROOT));
        StringBuilder plain = new StringBuilder();
        for (int i = start; length != null && i < candidate.end(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(c);
                if (plain.length() == length) {
                    boolean whole = canBegin(text, start) && Borders.canEnd(text, i + 1);
                    boolean words = plain.chars().filter(Character::isDigit).count() < FEWEST_DIGITS_OF_IBAN;
                    return whole && !words && remainder97(plain) == 1 ? i + 1 : start;
                }
            }
        }
        return start;
    }

    /**
     * Returns whether an IBAN can begin here. The last two letters of a word, as in "years 1998 1999", are not a country
     * code.
     */
    private static boolean canBegin(String text, int start) {
        boolean glued = start > 0 && Character.isLetter(text.charAt(start - 1));
        return Borders.canBegin(text, start) && (!glued || Starts.isDigit(text, start + 2));
    }

    /** ISO 7064: the first four characters moved to the end, letters as 10 to 35, modulo 97. */
    private static int remainder97(CharSequence iban) {
        int remainder = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(Character.toLowerCase(iban.charAt((i + 4) % iban.length())), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }

    private static int endOfCard(String text, int start, Matcher candidate) {
        int end = candidate.end();
        StringBuilder digits = new StringBuilder();
        int found = start;
        if (!Borders.canBegin(text, start) || isColumn(text, start, end) || isFraction(text, start, end)) {
            return start;
        }
        for (int i = start; i < end && digits.length() < LONGEST_CARD; i++) {
            if (Character.isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
                if (digits.length() >= SHORTEST_CARD
                        && Borders.canEnd(text, i + 1)
                        && isIssued(digits)
                        && passesLuhn(digits)) {
                    found = i + 1;
                }
            }
        }
        return found;
    }

    /** Returns whether the digits are a column of numbers: more than two, or two without a word beside them. */
    private static boolean isColumn(String text, int start, int end) {
        String found = text.substring(start, end);
        boolean twoNumbers = BROKEN_DIGITS.matcher(found).matches() && !Borders.hasWordBeside(text, start, end);
        return twoNumbers || lineBreaks(text, start, end) > 1;
    }

    /** Returns whether the digits follow a decimal comma, not a comma between two values. */
    private static boolean isFraction(String text, int start, int end) {
        return start > 1
                && text.charAt(start - 1) == ','
                && Character.isDigit(text.charAt(start - 2))
                && !(end == text.length() || ",;\r\n".indexOf(text.charAt(end)) >= 0);
    }

    private static long lineBreaks(String text, int start, int end) {
        return text.substring(start, end).chars().filter(c -> c == '\n').count();
    }

    private static String lettersAndDigits(String found) {
        return found.replaceAll("[^A-Za-z0-9]", "");
    }

    /**
     * Returns whether a card network issues numbers with this prefix and length. Needed because one number in ten passes the
     * Luhn check by chance.
     */
    private static boolean isIssued(CharSequence digits) {
        int length = digits.length();
        int four = Integer.parseInt(digits.subSequence(0, 4).toString());
        int two = four / 100;
        return switch (length) {
            case 13 -> within(two, 40, 49);
            case 14 -> two == 36 || two == 38 || within(four, 3000, 3059);
            case 15 -> two == 34 || two == 37;
            case 16 ->
                within(two, 40, 49)
                        || within(two, 51, 55)
                        || within(four, 2200, 2204)
                        || within(four, 2221, 2720)
                        || MAESTRO.contains(four)
                        || within(four, 6440, 6499)
                        || four == 6011
                        || two == 35
                        || two == 62
                        || two == 65;
            case 18, 19 -> within(two, 40, 49) || two == 62 || MAESTRO.contains(four);
            default -> two == 62;
        };
    }

    private static boolean within(int number, int first, int last) {
        return number >= first && number <= last;
    }

    private static boolean passesLuhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(digits.length() - 1 - i), 10);
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
