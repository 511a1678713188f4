package dev.geotherm.anchors.scrub;

import java.util.regex.Pattern;

/** The rules for international bank account numbers and payment card numbers, both verified by their check digits. */
final class AccountNumberRules {
    private static final int SHORTEST_IBAN = 15;
    private static final int LONGEST_IBAN = 34;
    private static final int SHORTEST_CARD = 13;
    private static final int LONGEST_CARD = 19;

    private static final String SEPARATOR = "[" + ScrubRule.SPACES + ScrubRule.HYPHENS + "]";

    /** ISO 13616: two letters, two check digits, up to thirty letters and digits; often in groups of four. */
    static final ScrubRule IBAN = new ScrubRule(
            "[iban]",
            Pattern.compile("(?<![\\p{L}\\p{N}])[A-Za-z]{2}\\d{2}(?:" + SEPARATOR + "?[A-Za-z0-9]){11,30}+"),
            AccountNumberRules::endOfIban);

    /** ISO/IEC 7812: 13 to 19 digits, often in groups. */
    static final ScrubRule CARD = new ScrubRule(
            "[card]",
            Pattern.compile("(?<![\\p{L}\\p{N}.,])\\d(?:" + SEPARATOR + "?\\d){12,18}+"),
            AccountNumberRules::endOfCard);

    private AccountNumberRules() {}

    private static int endOfIban(String text, int start, int end) {
        StringBuilder plain = new StringBuilder();
        int found = start;
        for (int i = start; i < end && plain.length() < LONGEST_IBAN; i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(c);
                // The rest may be the next word: take the longest valid number that ends at the end of a word.
                if (plain.length() >= SHORTEST_IBAN && !continues(text, i + 1) && remainder97(plain) == 1) {
                    found = i + 1;
                }
            }
        }
        return found;
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
