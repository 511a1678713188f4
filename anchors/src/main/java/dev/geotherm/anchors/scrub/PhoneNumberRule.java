package dev.geotherm.anchors.scrub;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules for telephone numbers in forms that ordinary numbers do not have: after a plus sign or 00, after a word for
 * telephone, with a trunk zero, or in the three groups of North America. libphonenumber validates all but the last form.
 */
final class PhoneNumberRule {
    private static final int FEWEST = 7;
    private static final int MOST = 15;

    /** The tried countries with a trunk zero. With more countries, nearly every number would be valid in one of them. */
    private static final List<String> TRUNK_ZERO =
            List.of("DE", "AT", "CH", "FR", "GB", "IE", "NL", "BE", "SE", "FI", "AU", "NZ", "ZA", "JP", "TR");

    /**
     * The types of personal numbers. Numbers of other types belong to companies, and some are short enough to be anything.
     */
    private static final Set<PhoneNumberType> PERSONAL = EnumSet.of(
            PhoneNumberType.FIXED_LINE,
            PhoneNumberType.MOBILE,
            PhoneNumberType.FIXED_LINE_OR_MOBILE,
            PhoneNumberType.PERSONAL_NUMBER,
            PhoneNumberType.VOIP);

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final String NO_COUNTRY = "ZZ";
    private static final Pattern NO_DIGITS = Pattern.compile("\\D++");

    private static final String BREAK = "-?" + Borders.BREAK;
    private static final String SEPARATOR = "(?:[ _\\t-]|" + BREAK + ")";
    private static final String GROUPS = "(?:(?:[ ./_\\t-]{0,2}|" + BREAK + ")\\(?\\d{1,14}+\\)?){1,8}+";
    private static final String MORE = "(?:" + SEPARATOR + "\\d{2,8}+){0,4}+";

    private static final String WORD =
            "(?i:tel|telephone|phone|telefax|fax|mobile|mob|cell|cellphone|whatsapp|mobil|telefon|handy"
                    + "|t\u00e9l|t\u00e9l\u00e9phone|tel\u00e9fono|m\u00f3vil|celular|telefone|telefono|cellulare|telefoon"
                    + "|puhelin|\u0442\u0435\u043b|\u0442\u0435\u043b\u0435\u0444\u043e\u043d|\u96fb\u8a71|\u7535\u8bdd"
                    + "|\uc804\ud654)";

    /**
     * A word for telephone, optionally a word for number, and a sign: {@code Tel.-Nr.:}, {@code "phone_number": "}, {@code
     * fax030}.
     */
    private static final String INTRODUCTION =
            WORD + "(?:[ ._-]{0,2}(?i:numbers?|nummer|num|nos?|nr|n\u00b0|n\u00famero"
                    + "|num\u00e9ro))?(?!\\p{L})[\"'.]{0,2}[ \\t]?[:=]?[ _\\t]?[\"']?(?:" + Borders.BREAK + ")?";

    /** A number after a word for telephone. */
    static final PatternRule NAMED = new PatternRule(
            "phone",
            TextTraits.DIGIT,
            PhoneNumberRule::nextIntroduction,
            Pattern.compile("(?<![\\p{L}\\p{N}])" + INTRODUCTION + "\\(?\\d{1,15}+\\)?(?:" + GROUPS + ")?"),
            PhoneNumberRule::end,
            PhoneNumberRule::canonical);

    /** A number recognised by its form. */
    static final PatternRule PHONE = new PatternRule(
            "phone",
            TextTraits.DIGIT,
            PhoneNumberRule::nextNumber,
            Pattern.compile("(?:"
                    + ("(?<![\\p{N}.+/-])(?<!\\d[ -])\\+ ?\\(?\\d{1,15}+\\)?(?:" + GROUPS + ")?")
                    + "|(?<![\\p{N}.,+/-])%2[Bb]\\d{7,15}+"
                    + "|(?<![\\p{L}\\p{N}.+/=-]|\\d,)(?<!\\d[ -])(?:"
                    + ("\\(?00\\)? ?[1-9]\\d{0,14}+\\)?(?:" + GROUPS + ")?")
                    + ("|\\(0\\d{1,5}\\)(?:[ ./_\\t-]|" + BREAK + ")?\\d{2,9}+" + MORE)
                    + ("|0\\d{1,5}(?:[ /_\\t-]|[/-]?" + Borders.BREAK + ")\\d{3,9}+" + MORE)
                    + ("|0\\d(?:(?:[ ._\\t-]|" + BREAK + ")\\d{2}){4}(?!\\d)")
                    + ("|(?:1(?:[ ._-]|" + BREAK + "))?(?:\\([2-9]\\d{2}\\)(?:[ \\t]|" + Borders.BREAK
                            + ")?|[2-9]\\d{2}(?:[._-]|-" + Borders.BREAK + "))[2-9]\\d{2}(?:[ ._\\t-]|" + BREAK
                            + ")\\d{4}(?!\\d)")
                    + "))"),
            PhoneNumberRule::end,
            PhoneNumberRule::canonical);

    private static final Pattern POSTCODE = Pattern.compile("0\\d{4}-\\d{4}");
    private static final Pattern STATE = Pattern.compile("(?<!\\p{L})[A-Z]{2}[ \\t]{1,2}$");
    private static final int LONGEST_STATE = 5;

    private static final int LONGEST_GAP = 16;
    private static final int LONGEST_WORD = 20;

    /** The minimum number of digits directly after a word for telephone. Shorter ones are names, such as cell1234567. */
    private static final int FEWEST_GLUED = 9;

    /**
     * The minimum number of digits after a word with a colon or full stop, because some countries have such short numbers.
     */
    private static final int FEWEST_SIGNED = 5;

    private static final Pattern SIGNED = Pattern.compile("^\\p{L}[^\\d]*?[.:]");
    private static final Pattern GLUED = Pattern.compile(WORD + "\\d.*", Pattern.DOTALL);

    private PhoneNumberRule() {}

    /** Returns the next digit that does not follow another digit, or the next sign before a digit. */
    private static int nextNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = (c == '+' || c == '(' || c == '%')
                    && (Starts.isDigit(text, i + 1) || Starts.isDigit(text, i + 2) || Starts.isDigit(text, i + 3));
            if (sign || (Starts.isDigit(text, i) && !Starts.isDigit(text, i - 1))) {
                return i;
            }
        }
        return Starts.NONE;
    }

    /** Returns the next start of either of the last two words before a digit. */
    private static int nextIntroduction(String text, int from) {
        for (int digit = Starts.digit(text, from); digit != Starts.NONE; digit = Starts.digit(text, digit + 1)) {
            int last = startOfWord(text, digit);
            int first = startOfWord(text, last);
            if (first >= from && first < last) {
                return first;
            } else if (last >= from && last < digit) {
                return last;
            }
        }
        return Starts.NONE;
    }

    /** Returns the start of the word before an index, or the index itself if no word is near. */
    private static int startOfWord(String text, int index) {
        int end = index;
        while (end > 0 && index - end < LONGEST_GAP && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < LONGEST_WORD && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return start < end ? start : index;
    }

    private static int end(String text, int start, Matcher candidate) {
        String found = candidate.group();
        int end = candidate.end();
        if (!Borders.canBegin(text, start) || !Borders.canEnd(text, end)) {
            return start;
        }
        if (found.startsWith("+") || found.startsWith("%")) {
            return international(text, start, end, found.startsWith("+") ? 1 : 3);
        }
        if (found.startsWith("00") || found.startsWith("(00")) {
            return international(text, start, end, found.indexOf("00") + 2);
        }
        if (found.startsWith("0") || found.startsWith("(0")) {
            if (isDateAndTime(text, end) || isPostcode(text, start, found)) {
                return start;
            }
            return longest(text, start, end, FEWEST, PhoneNumberRule::isNational, PhoneNumberRule::isNational);
        }
        int fewest = GLUED.matcher(found).matches()
                ? FEWEST_GLUED
                : SIGNED.matcher(found).find() ? FEWEST_SIGNED : FEWEST;
        Predicate<String> isLongEnough = number -> digits(number) >= fewest && digits(number) <= MOST;
        return longest(text, start, end, fewest, isLongEnough, isLongEnough);
    }

    private static boolean isDateAndTime(String text, int end) {
        return Starts.isDigit(text, end + 1) && text.charAt(end) == ':';
    }

    /** Returns whether the digits are a US ZIP+4 code after the letters of a state: {@code MA 02111-1307}. */
    private static boolean isPostcode(String text, int start, String found) {
        return POSTCODE.matcher(found).matches()
                && STATE.matcher(text.substring(Math.max(0, start - LONGEST_STATE), start))
                        .find();
    }

    private static int international(String text, int start, int end, int prefix) {
        boolean glued = start > 0 && Character.isLetter(text.charAt(start - 1));
        Predicate<String> isPossible = number -> parsed(number.substring(prefix))
                .filter(each -> LIBRARY.isPossibleNumberWithReason(each) == ValidationResult.IS_POSSIBLE)
                .isPresent();
        Predicate<String> isValid = number ->
                parsed(number.substring(prefix)).filter(LIBRARY::isValidNumber).isPresent();
        return longest(text, start, end, FEWEST, glued ? isValid : isPossible, isValid);
    }

    private static int digits(String text) {
        return (int) text.chars().filter(Character::isDigit).count();
    }

    /**
     * Returns the end of the longest valid number. A following group may be something else, such as the next number.
     *
     * @param isComplete whether a number is complete without the next line
     */
    private static int longest(
            String text, int start, int end, int fewest, Predicate<String> isNumber, Predicate<String> isComplete) {
        int digits = 0;
        int longest = start;
        for (int i = start; i < end && digits <= MOST + 2; i++) {
            if (Character.isDigit(text.charAt(i))) {
                digits++;
                boolean last = i + 1 == end || !Character.isDigit(text.charAt(i + 1));
                if (last && digits >= fewest && isNumber.test(text.substring(start, i + 1))) {
                    longest = i + 1;
                }
            } else if (text.charAt(i) == '\n' && longest > start && isComplete.test(text.substring(start, longest))) {
                break;
            }
        }
        boolean closes = longest > start && longest < end && text.charAt(longest) == ')';
        return closes && text.charAt(start) == '(' ? longest + 1 : longest;
    }

    /** Returns the parsed number, if the digits have a country code and a number. */
    private static Optional<PhoneNumber> parsed(String number) {
        try {
            return Optional.of(LIBRARY.parse("+" + NO_DIGITS.matcher(number).replaceAll(""), NO_COUNTRY));
        } catch (NumberParseException noNumber) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether a number is personal in a country with a trunk zero, and toll-free in none of them: 0800 is a prefix
     * in most.
     */
    private static boolean isNational(String number) {
        String digits = NO_DIGITS.matcher(number).replaceAll("");
        Set<PhoneNumberType> types = EnumSet.noneOf(PhoneNumberType.class);
        for (String country : TRUNK_ZERO) {
            try {
                types.add(LIBRARY.getNumberType(LIBRARY.parse(digits, country)));
            } catch (NumberParseException noNumber) {
                // not a number of this country
            }
        }
        return !types.contains(PhoneNumberType.TOLL_FREE) && types.stream().anyMatch(PERSONAL::contains);
    }

    /** Returns the digits, with a plus sign if the country is known. */
    private static String canonical(String found) {
        String digits = NO_DIGITS
                .matcher(found.startsWith("%") ? found.substring(3) : found)
                .replaceAll("");
        boolean plus = found.startsWith("+") || found.startsWith("%");
        return plus || digits.startsWith("00")
                ? parsed(plus ? digits : digits.substring(2))
                        .map(number -> LIBRARY.format(number, PhoneNumberFormat.E164))
                        .orElse(digits)
                : digits;
    }
}
