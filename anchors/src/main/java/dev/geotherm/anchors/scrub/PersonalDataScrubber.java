package dev.geotherm.anchors.scrub;

import dev.geotherm.api.anchor.ScrubbedText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scrubber of personal data: replaces keys and passwords, e-mail addresses, IP addresses, IBANs, payment card numbers and
 * telephone numbers, and what the rules of extensions find. By default a mark takes the place of an item: {@code [secret]},
 * {@code [email]}, {@code [ip]}, {@code [iban]}, {@code [card]} and {@code [phone]}.
 *
 * <p>A number with check digits is replaced only if they are right, a telephone number only in a form that ordinary numbers
 * do not have. Invisible characters, such as soft hyphens and joiners, do not hide an item. A rule runs only if the text has a
 * character that all items of the rule have, and only where an item can start: most texts need no rule. Time is linear in
 * the text's length for any text, because every pattern is bounded. A second scrub changes nothing. Safe for use by many threads.
 */
public final class PersonalDataScrubber {
    /** The version of the rules: one more when they find other things, so that texts of earlier versions are scrubbed again. */
    static final int VERSION = 3;

    /** In order: what an earlier rule replaces, a later one cannot misread. */
    static final List<PatternRule> RULES = List.of(
            SecretRule.TOKEN,
            SecretRule.CREDENTIAL,
            EmailRules.EMAIL,
            EmailRules.SPELLED,
            IpAddressRules.IP_6,
            IpAddressRules.IP_4,
            AccountNumberRules.IBAN,
            AccountNumberRules.CARD,
            PhoneNumberRule.NAMED,
            PhoneNumberRule.PHONE);

    private final List<ActiveRule> rules;
    private final boolean drops;
    private final String fingerprint;

    /** Creates a scrubber with every rule of this package, which puts marks into the place of items. */
    public PersonalDataScrubber() {
        this(RULES.stream().map(ActiveRule::masking).toList(), fingerprint(""));
    }

    PersonalDataScrubber(List<ActiveRule> rules, String fingerprint) {
        this.rules = List.copyOf(rules);
        this.fingerprint = fingerprint;
        drops = rules.stream().anyMatch(rule -> rule.action() == ScrubAction.DROP);
    }

    static String fingerprint(String key) {
        return "rules " + VERSION + (key.isEmpty() ? "" : ", key " + key);
    }

    /** Returns the text without personal data. */
    public ScrubbedText scrub(String text) {
        ScrubbedText scrubbed = once(ScrubbedText.unchanged(text));
        // What was on both sides of a dropped item may be an item together.
        for (ScrubbedText before = null; drops && !scrubbed.equals(before); ) {
            before = scrubbed;
            scrubbed = once(before);
        }
        return scrubbed;
    }

    /** Returns the same text if no rule finds anything in it. */
    private ScrubbedText once(ScrubbedText text) {
        ScrubbedText scrubbed = text;
        int traits = traits(text.text());
        for (ActiveRule rule : rules) {
            if (rule.isFor(traits)) {
                scrubbed = rule.apply(scrubbed);
            }
        }
        return scrubbed;
    }

    private static int traits(String text) {
        SearchForm joined = SearchForm.joined(text);
        int traits = TextTraits.of(joined.text());
        return joined.isWhole()
                ? traits
                : traits | TextTraits.of(SearchForm.separated(text).text());
    }

    /** Returns a text that is different if texts are scrubbed otherwise, apart from the settings; without any secret. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Returns how many items of each kind were found, of those that were. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        rules.forEach(rule -> counts.merge(rule.kind(), rule.items().sum(), Long::sum));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }
}
