package dev.geotherm.anchors.scrub;

import java.util.List;

/**
 * Takes personal data out of texts: e-mail addresses, IP addresses, IBANs, payment cards and telephone numbers give way
 * to {@code [email]}, {@code [ip]}, {@code [iban]}, {@code [card]} and {@code [phone]}.
 *
 * <p>Numbers with a check digit are taken only if it is right; telephone numbers only in forms that ordinary numbers do
 * not have. Time is linear in the text's length, whatever it holds: every pattern is bounded. Texts that were scrubbed
 * are not changed again. Stateless; safe for use by many threads.
 */
public final class PersonalDataScrubber {
    /** In this order: what an earlier rule takes cannot be mistaken by a later one. */
    private static final List<ScrubRule> RULES = List.of(
            InternetAddressRules.EMAIL,
            InternetAddressRules.IP_6,
            InternetAddressRules.IP_4,
            AccountNumberRules.IBAN,
            AccountNumberRules.CARD,
            PhoneNumberRule.PHONE);

    /** Creates a scrubber. */
    public PersonalDataScrubber() {}

    /** Returns the text without personal data, and how many were taken out. */
    public Scrubbed scrub(String text) {
        String scrubbed = text;
        int finds = 0;
        for (ScrubRule rule : RULES) {
            Scrubbed next = rule.apply(scrubbed);
            scrubbed = next.text();
            finds += next.finds();
        }
        return new Scrubbed(scrubbed, finds);
    }

    /**
     * What came of scrubbing.
     *
     * @param text the text without personal data; the given one where there were none
     * @param finds how many were taken out
     */
    public record Scrubbed(String text, int finds) {}
}
