package dev.geotherm.anchors.scrub;

import dev.geotherm.api.anchor.ScrubbedText;
import java.util.List;

/**
 * A scrubber of personal data: replaces e-mail addresses, IP addresses, IBANs, payment card numbers and telephone numbers
 * by {@code [email]}, {@code [ip]}, {@code [iban]}, {@code [card]} and {@code [phone]}.
 *
 * <p>A number with check digits is replaced only if they are right, a telephone number only in a form that ordinary numbers
 * do not have. A rule runs only if the text has a character that all of its items have: most texts need no rule. Time is
 * linear in the text's length for any text, because every pattern is bounded. A second scrub changes
 * nothing. Stateless; safe for use by many threads.
 */
public final class PersonalDataScrubber {
    /** In order: what an earlier rule replaces, a later one cannot misread. */
    static final List<ScrubRule> RULES = List.of(
            InternetAddressRules.EMAIL,
            InternetAddressRules.IP_6,
            InternetAddressRules.IP_4,
            AccountNumberRules.IBAN,
            AccountNumberRules.CARD,
            PhoneNumberRule.PHONE);

    /** Creates a scrubber. */
    public PersonalDataScrubber() {}

    /** Returns the text without personal data. */
    public ScrubbedText scrub(String text) {
        ScrubbedText scrubbed = ScrubbedText.unchanged(text);
        String form = SearchForm.of(text);
        int present = ScrubRule.charactersOf(form);
        for (ScrubRule rule : RULES) {
            if ((rule.needs() & present) != 0) {
                scrubbed = rule.apply(scrubbed);
            }
        }
        return scrubbed;
    }
}
