package dev.geotherm.anchors.scrub;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The rule for telephone numbers, in forms that ordinary numbers do not have: after a plus sign or 00, after a word for
 * telephone, with a trunk zero, or as the three groups of North America. libphonenumber decides about the first two and the
 * trunk zero.
 */
final class PhoneNumberRule {
    private static final int FEWEST = 7;
    private static final int MOST = 15;

    /** The countries with a trunk zero that are tried; with more of them, nearly every number would be valid in one. */
    private static final List<String> TRUNK_ZERO =
            List.of("DE", "AT", "CH", "FR", "GB", "IE", "NL", "BE", "SE", "FI", "AU", "NZ", "ZA", "JP", "TR");

    /** What a person has; numbers of other types belong to companies, and some are short enough to be anything. */
    private static final Set<PhoneNumberType> PERSONAL = EnumSet.of(
            PhoneNumberType.FIXED_LINE,
            PhoneNumberType.MOBILE,
            PhoneNumberType.FIXED_LINE_OR_MOBILE,
            PhoneNumberType.PERSONAL_NUMBER,
            PhoneNumberType.VOIP);

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final String NO_COUNTRY = "ZZ";

    private static final String GROUPS = "(?:[ ./-]{0,2}\\(?\\d{1,14}+\\)?){1,8}+";
    private static final String WORD = "(?i:tel|telephone|phone|fax|mobile|cell|mobil|telefon|t\u00e9l)";

    static final ScrubRule PHONE = new ScrubRule(
            "[phone]",
            ScrubRule.DIGIT,
            Pattern.compile("(?<![\\p{L}\\p{N}.,+/=-])(?<!\\d[ -])(?:"
                    + ("\\+ ?\\(?\\d{1,15}+\\)?(?:" + GROUPS + ")?")
                    + ("|\\(?00\\)? ?[1-9]\\d{0,14}+\\)?(?:" + GROUPS + ")?")
                    + "|\\(0\\d{1,5}\\)[ ./-]?\\d{2,9}+(?:[ -]\\d{2,8}+){0,4}+"
                    + "|0\\d{1,5}[ /-]\\d{3,9}+(?:[ -]\\d{2,8}+){0,4}+"
                    + "|0\\d(?:[ .]\\d{2}){4}(?!\\d)"
                    + "|(?:1[ .-])?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[.-])[2-9]\\d{2}[ .-]\\d{4}(?!\\d)"
                    + ("|" + WORD + "\\b[.:]{0,2} ?\\(?\\d{1,15}+\\)?(?:" + GROUPS + ")?")
                    + ")(?![\\p{L}\\p{N}])"),
            PhoneNumberRule::end);

    private PhoneNumberRule() {}

    private static int end(String text, int start, int end) {
        String found = text.substring(start, end);
        if (found.startsWith("+")) {
            return longest(text, start, end, number -> isInternational(number.substring(1)));
        }
        if (found.startsWith("00") || found.startsWith("(00")) {
            return longest(text, start, end, number -> isInternational(number.substring(number.indexOf("00") + 2)));
        }
        if (found.startsWith("0") || found.startsWith("(0")) {
            return longest(text, start, end, PhoneNumberRule::isNational);
        }
        long digits = found.chars().filter(Character::isDigit).count();
        int last = found.endsWith(")") && found.indexOf('(') < 0 ? end - 1 : end;
        return digits >= FEWEST && digits <= MOST ? last : start;
    }

    /** Returns the end of the longest number: a group that follows may be something else, such as the next number. */
    private static int longest(String text, int start, int end, Predicate<String> isNumber) {
        int digits = 0;
        int longest = start;
        for (int i = start; i < end && digits <= MOST + 2; i++) {
            if (Character.isDigit(text.charAt(i))) {
                digits++;
                boolean last = i + 1 == end || !Character.isDigit(text.charAt(i + 1));
                if (last && digits >= FEWEST && isNumber.test(text.substring(start, i + 1))) {
                    longest = i + 1;
                }
            }
        }
        boolean closes = longest > start && longest < end && text.charAt(longest) == ')';
        return closes && text.charAt(start) == '(' ? longest + 1 : longest;
    }

    /** Returns whether the digits are a country code and a number of a length that the country has. */
    private static boolean isInternational(String number) {
        try {
            PhoneNumber parsed = LIBRARY.parse("+" + number, NO_COUNTRY);
            return LIBRARY.isPossibleNumberWithReason(parsed) == ValidationResult.IS_POSSIBLE;
        } catch (NumberParseException noNumber) {
            return false;
        }
    }

    /** A number that is free of charge in one country is no person's in another: 0800 is a prefix in most. */
    private static boolean isNational(String number) {
        Set<PhoneNumberType> types = EnumSet.noneOf(PhoneNumberType.class);
        for (String country : TRUNK_ZERO) {
            try {
                types.add(LIBRARY.getNumberType(LIBRARY.parse(number, country)));
            } catch (NumberParseException noNumber) {
                // not a number in this country
            }
        }
        return !types.contains(PhoneNumberType.TOLL_FREE) && types.stream().anyMatch(PERSONAL::contains);
    }
}
