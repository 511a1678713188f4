package dev.geotherm.anchors.scrub;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * A generator of personal data that knows nothing about the forms in the rules: numbers of every country in the formats of
 * libphonenumber, every IBAN country, addresses of every character that RFC 5322 allows, in the places in which files have them.
 */
final class ForeignForms {
    /** What stands before and behind an item, around {@code %s}. */
    static final List<String> PLACES = List.of(
            "%s",
            "see %s.",
            "\"%s\"",
            "'%s'",
            "<%s>",
            "(%s)",
            "[%s]",
            "a,%s,b",
            "a;%s;b",
            "a\t%s\tb",
            "a|%s|b",
            "field=%s&b=c",
            "{\"field\": \"%s\"}",
            "field: %s\nnext: 1",
            "1,%s,2",
            "> %s\n> and",
            "<td>%s</td>",
            "/path?q=%s",
            "*%s*",
            "%s\u2014and",
            "\u00ab%s\u00bb",
            "\u5730\u5740\uff1a%s\u3002");

    private static final String ATOM =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~";
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final List<String> SEPARATORS = List.of("", " ", "-", ".", "\u00a0", "_", "\t", "\u2011");

    private final Random random;
    private final List<String> regions = new ArrayList<>(new TreeSet<>(LIBRARY.getSupportedRegions()));

    ForeignForms(long seed) {
        random = new Random(seed);
    }

    /** Returns a telephone number with its country code. */
    String internationalPhone() {
        PhoneNumberFormat format =
                one(List.of(PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966));
        return LIBRARY.format(phone(), format).replace("tel:", "");
    }

    /** Returns a telephone number as it is written in its own country. */
    String nationalPhone() {
        return LIBRARY.format(phone(), PhoneNumberFormat.NATIONAL);
    }

    private PhoneNumber phone() {
        PhoneNumber number = null;
        while (number == null) {
            PhoneNumberType type = one(List.of(PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE));
            number = LIBRARY.getExampleNumberForType(one(regions), type);
        }
        return number;
    }

    /** Returns an address of letters, digits and dots. */
    String plainEmail() {
        return word("abcdefghijklmnopqrstuvwxyz0123456789", 8) + one(List.of(".", "", "_", "-"))
                + word("abcdefghijklmnopqrstuvwxyz", 6) + "@" + domain();
    }

    /** Returns an address with any characters that RFC 5322 allows without quotation marks. */
    String anyEmail() {
        return word(ATOM, 4) + "." + word(ATOM, 5) + "@" + domain();
    }

    private String domain() {
        return one(List.of(
                "example.com", "mail.example.co.uk", "xn--bcher-kva.example", "b\u00fccher.example", "sub-1.a.io"));
    }

    /** Returns an account number of any country. */
    String iban() {
        String form = one(List.of(
                "AD24", "AE23", "BR29", "DE22", "EG29", "FI18", "GR27", "IE22", "LT20", "MT31", "NO15", "SA24"));
        String account = word("0123456789", Integer.parseInt(form.substring(2)) - 4);
        StringBuilder numeric = new StringBuilder();
        (account + form.substring(0, 2) + "00").chars().forEach(c -> numeric.append(Character.digit(c, 36)));
        int check = 98
                - new BigInteger(numeric.toString()).mod(BigInteger.valueOf(97)).intValue();
        return grouped(form.substring(0, 2) + (check < 10 ? "0" : "") + check + account);
    }

    /** Returns a card of any of the networks. */
    String card() {
        String prefix = one(List.of("4", "51", "2221", "2200", "6011", "65", "62", "35", "6759"));
        String digits = prefix + word("0123456789", 15 - prefix.length());
        for (int check = 0; check < 10; check++) {
            if (isValid(digits + check)) {
                return grouped(digits + check);
            }
        }
        throw new AssertionError(digits);
    }

    private static boolean isValid(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : 2 * digit / 10 + 2 * digit % 10;
        }
        return sum % 10 == 0;
    }

    /** Returns an address of version 4, or of version 6 as the JDK writes it. */
    String ip() {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(bytes);
        if (bytes.length == 16) {
            bytes[0] = 0x20;
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    String place() {
        return one(PLACES);
    }

    /** Returns a place with a word for telephone. */
    String placeOfPhone() {
        return place().replace(
                        "%s",
                        one(List.of("Tel. %s", "Phone: %s", "tel:%s", "Fax: %s", "mobile: %s", "T\u00e9l. : %s")));
    }

    private String grouped(String plain) {
        String separator = one(SEPARATORS);
        StringBuilder grouped = new StringBuilder();
        int broken = random.nextInt(3) == 0 ? 4 * (1 + random.nextInt(3)) : -1;
        for (int i = 0; i < plain.length(); i++) {
            grouped.append(
                    i == broken ? one(List.of("\n", "\r\n", "\n> ", " \n  ")) : i > 0 && i % 4 == 0 ? separator : "");
            grouped.append(plain.charAt(i));
        }
        return grouped.toString();
    }

    private String word(String characters, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(characters.charAt(random.nextInt(characters.length())));
        }
        return word.toString();
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
