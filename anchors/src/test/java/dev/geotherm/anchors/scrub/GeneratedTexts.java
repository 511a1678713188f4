package dev.geotherm.anchors.scrub;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** A generator of personal data in the forms in which people write it, and of texts that look like it and are not. */
final class GeneratedTexts {
    private static final List<String> NAMES =
            List.of("jane", "m.garcia", "o'neil", "li_wei", "jürgen", "x1", "a.b-c", "SMITH");
    private static final List<String> DOMAINS =
            List.of("example.org", "mail.example.co.uk", "exämple.de", "x-y.museum", "EXAMPLE.COM", "sub.a1.net");
    private static final List<String> IBANS =
            List.of("DE20", "GBW18", "FR25", "NLA14", "ES22", "CH19", "AT18", "PL26", "NO13", "BE14");
    private static final List<String> CARDS =
            List.of("4:16", "51:16", "55:16", "2221:16", "37:15", "6011:16", "3530:16", "4:13");
    private static final List<String> SPACES = List.of(" ", "\u00a0", "\u202f", "\u2009");
    private static final List<String> HYPHENS = List.of("-", "\u2010", "\u2011", "\u2013");

    private static final List<String> INVISIBLE =
            List.of("\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u2060", "\ufeff", "\ufe0f", "\udb40\udc31");

    private final Random random;

    GeneratedTexts(long seed) {
        random = new Random(seed);
    }

    /** Returns an e-mail address. */
    String email() {
        String name = one(NAMES);
        String domain = one(DOMAINS);
        return switch (random.nextInt(5)) {
            case 0 -> name + "+news" + random.nextInt(100) + "@" + domain;
            case 1 -> name + "%40" + domain;
            case 2 -> "\"" + name + " van " + name + "\"@" + domain;
            case 3 -> name + "\uff20" + domain;
            default -> name + "@" + domain;
        };
    }

    /** Returns an IP address, of version 4 or 6. */
    String ip() {
        String four = (1 + random.nextInt(223)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + random.nextInt(256);
        return switch (random.nextInt(4)) {
            case 0 -> "2001:db8:" + hex() + ":" + hex() + ":" + hex() + ":" + hex() + ":" + hex() + ":" + hex();
            case 1 -> "fe80::" + hex() + ":" + hex();
            case 2 -> "::ffff:" + four;
            default -> four;
        };
    }

    /** Returns an account number with right check digits. */
    String iban() {
        String form = one(IBANS);
        String country = form.substring(0, 2);
        boolean letters = Character.isLetter(form.charAt(2));
        int length = Integer.parseInt(form.substring(letters ? 3 : 2)) - 2;
        String account = letters ? "BANK" + digits(length - 4 + 2) : digits(length);
        StringBuilder numeric = new StringBuilder();
        (account + country + "00").chars().forEach(c -> numeric.append(Character.digit(c, 36)));
        int check = 98
                - new BigInteger(numeric.toString()).mod(BigInteger.valueOf(97)).intValue();
        return written(country + (check < 10 ? "0" : "") + check + account, 4, true);
    }

    /** Returns a card number with a right check digit. */
    String card() {
        String[] form = one(CARDS).split(":");
        int length = Integer.parseInt(form[1]);
        String digits = form[0] + digits(length - form[0].length() - 1);
        for (int check = 0; check < 10; check++) {
            if (passesLuhn(digits + check)) {
                return length == 16 ? written(digits + check, 4, true) : written(digits + check, length, false);
            }
        }
        throw new AssertionError(digits);
    }

    /** Returns a telephone number of a plan that is in use. */
    String phone() {
        return switch (random.nextInt(8)) {
            case 0 -> prefix("49") + group() + "30" + group() + "9" + digits(7);
            case 1 -> prefix("49") + group() + "171" + group() + "2" + digits(6);
            case 2 -> "0" + (1 + random.nextInt(5)) + one(SPACES) + "42 " + two() + " " + two() + " " + two();
            case 3 -> prefix("44") + group() + "20" + group() + "7946" + group() + digits(4);
            case 4 -> "(2" + two() + ") 555-" + digits(4);
            case 5 -> "1-312-555-" + digits(4);
            case 6 -> "Tel.: " + digits(7);
            default -> "0221" + one(List.of(" ", "/", "-", "\u2011")) + "4" + digits(6);
        };
    }

    /** Returns a text without personal data that resembles it. */
    String decoy() {
        String four = "1." + random.nextInt(20) + "." + random.nextInt(20) + "." + random.nextInt(20);
        return switch (random.nextInt(18)) {
            case 0 -> one(List.of("version ", "v", "release ", "Version: ", "build ")) + four;
            case 1 -> one(List.of("chapter ", "section ", "§ ", "Sec. ", "figure ", "OID ")) + four;
            case 2 -> four + "." + random.nextInt(9);
            case 3 -> "ISBN 978-3-16-14" + digits(4) + "-" + random.nextInt(10);
            case 4 ->
                "2024-0" + (1 + random.nextInt(9)) + "-" + (10 + random.nextInt(19)) + " 10:1" + random.nextInt(10)
                        + ":12";
            case 5 -> "order " + digits(4) + "-" + digits(3);
            case 6 -> hex() + hex() + "-" + hex() + "-4" + digits(3) + "-a" + digits(3) + "-" + digits(12);
            case 7 -> "git@github.com:team" + random.nextInt(99) + "/tool.git";
            case 8 -> "0800-" + digits(4) + " items";
            case 9 -> random.nextInt(10) + "." + digits(15);
            case 10 -> (1 + random.nextInt(9)) + "," + digits(3) + "," + digits(3) + "." + two();
            case 11 -> "years 1998 1999 2000 20" + two() + " 20" + two();
            case 12 -> "@scope/part@" + random.nextInt(9) + ".2.3";
            case 13 -> "std::vector<a::b> at 12:30:" + two();
            case 14 -> "doi:10.1000/" + digits(6);
            case 15 -> "52." + digits(6) + ", 13." + digits(6);
            case 16 -> "serial " + digits(9) + one(List.of("", "A", "-X"));
            default -> "+" + (1 + random.nextInt(99)) + " % of " + digits(5);
        };
    }

    /** Returns an item with at least one, usually three, invisible characters within it. */
    String withInvisible(String item) {
        StringBuilder within = new StringBuilder(item);
        int certain = 1 + random.nextInt(item.length() - 1);
        for (int at = item.length() - 1; at > 0; at--) {
            if (at == certain || random.nextInt(item.length()) < 2) {
                within.insert(at, one(INVISIBLE));
            }
        }
        return within.toString();
    }

    /** Returns a sentence with something in the middle, between a space and a space or a full stop. */
    String before() {
        return one(List.of("Please note ", "we saw ", "As agreed: ", "(see ", "für ", "", "see 42 or "));
    }

    /** Returns the rest of the sentence. */
    String after() {
        return one(List.of(".", " again", ", and more", ") too", "", "; ok", " and 12 others"));
    }

    private String written(String plain, int group, boolean dotted) {
        String separator = switch (random.nextInt(dotted ? 5 : 4)) {
            case 0 -> "";
            case 1 -> one(SPACES);
            case 2 -> one(HYPHENS);
            case 3 -> " ";
            default -> ".";
        };
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            written.append(i > 0 && i % group == 0 ? separator : "").append(plain.charAt(i));
        }
        return random.nextInt(6) == 0 ? fullWidth(written.toString()) : written.toString();
    }

    private static String fullWidth(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c >= '0' && c <= '9' ? c - '0' + '\uff10' : c)));
        return wide.toString();
    }

    private static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
        }
        return sum % 10 == 0;
    }

    private String prefix(String country) {
        return one(List.of("+", "00", "+", "00 ")) + country;
    }

    private String group() {
        return one(List.of("", " ", "-", "\u00a0", "\u2011"));
    }

    private String hex() {
        return Integer.toHexString(0x1000 + random.nextInt(0xefff));
    }

    private String two() {
        return digits(2);
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
