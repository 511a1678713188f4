package dev.geotherm.anchors.scrub;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules for international bank account numbers and payment card numbers, both verified by length and check digits. */
final class AccountNumberRules {
    /** The lengths of account numbers by country: the IBAN registry of ISO 13616. */
    private static final Map<String, Integer> IBAN_LENGTHS = Arrays.stream(
                    ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
                                    + "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 "
                                    + "JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 "
                                    + "NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 "
                                    + "ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30")
                            .split(" "))
            .collect(Collectors.toUnmodifiableMap(
                    country -> country.substring(0, 2), country -> Integer.parseInt(country.substring(2))));

    private static final int SHORTEST_CARD = 13;
    private static final int LONGEST_CARD = 19;

    /** ISO 13616: two letters, two check digits, up to thirty letters and digits; often in groups of four. */
    static final ScrubRule IBAN = new ScrubRule(
            "[iban]",
            ScrubRule.DIGIT,
            Pattern.compile("(?<![\\p{L}\\p{N}])[A-Za-z]{2}[ .-]?\\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}+"),
            AccountNumberRules::endOfIban);

    /** ISO/IEC 7812: 13 to 19 digits, often in groups; with dots only in the usual groups, because decimals have a dot too. */
    static final ScrubRule CARD = new ScrubRule(
            "[card]",
            ScrubRule.DIGIT,
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}.,])(?:\\d{4}(?:\\.\\d{4}){3}(?!\\.?\\d)|\\d{4}\\.\\d{6}\\.\\d{5}(?!\\.?\\d)"
                            + "|\\d(?:[ -]?\\d){12,18}+)"),
            AccountNumberRules::endOfCard);

    private AccountNumberRules() {}

    private static int endOfIban(String text, int start, int end) {
        Integer length = IBAN_LENGTHS.get(text.substring(start, start + 2).toUpperCase(Locale.ROOT));
        StringBuilder plain = new StringBuilder();
        for (int i = start; length != null && i < end; i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(c);
                if (plain.length() == length) {
                    return !continues(text, i + 1) && remainder97(plain) == 1 ? i + 1 : start;
                }
            }
        }
        return start;
    }

    /** ISO 7064: the first four moved to the end, letters as 10 to 35, modulo 97. */
    private static int remainder97(CharSequence iban) {
        int remainder = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(Character.toLowerCase(iban.charAt((i + 4) % iban.length())), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }

    private static int endOfCard(String text, int start, int end) {
        StringBuilder digits = new StringBuilder();
        int found = start;
        for (int i = start; i < end && digits.length() < LONGEST_CARD; i++) {
            if (Character.isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
                if (digits.length() >= SHORTEST_CARD
                        && !continues(text, i + 1)
                        && isIssued(digits)
                        && passesLuhn(digits)) {
                    found = i + 1;
                }
            }
        }
        return found;
    }

    private static boolean continues(String text, int index) {
        return index < text.length() && Character.isLetterOrDigit(text.charAt(index));
    }

    /** Returns whether a card network issues numbers of this prefix and length; one number in ten passes Luhn by chance. */
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
                        || within(four, 2221, 2720)
                        || within(four, 6440, 6499)
                        || four == 6011
                        || two == 35
                        || two == 62
                        || two == 65;
            case 18, 19 -> within(two, 40, 49) || two == 62;
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
