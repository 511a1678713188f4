package dev.geotherm.anchors.scrub;

import dev.geotherm.api.anchor.ScrubbedText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A thread-safe scrubber of personal data. It replaces keys and passwords, e-mail addresses, IP addresses, IBANs, payment
 * card numbers, telephone numbers, and the items that rules of extensions find. By default, an item is replaced with a mark:
 * {@code [secret]}, {@code [email]}, {@code [ip]}, {@code [iban]}, {@code [card]} or {@code [phone]}.
 *
 * <p>A number with check digits is replaced only if these are correct, and a telephone number only in a form that ordinary
 * numbers do not have. Invisible characters, such as soft hyphens and joiners, do not hide an item. A rule runs only if the
 * text contains a character that all items of the rule contain, and only at possible starts of an item; most texts need no
 * rule. The time is linear in the length of any text, because every pattern is bounded. Scrubbing is idempotent.
 */
public final class PersonalDataScrubber {
    /**
     * The version of the rules. Increment it whenever the rules find different items; texts of earlier versions are then
     * scrubbed again.
     */
    static final int VERSION = 3;

    /** Ordered: an earlier rule replaces items that a later one would misread. */
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

    /** Creates a scrubber with all rules of this package, which replaces items with marks. */
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
        // The text on both sides of a dropped item may form a new item.
        for (ScrubbedText before = null; drops && !scrubbed.equals(before); ) {
            before = scrubbed;
            scrubbed = once(before);
        }
        return scrubbed;
    }

    /** Applies each rule once; returns the same text if no rule finds anything. */
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

    /** Returns a text that identifies the rules and the key, but not the settings, and that contains no secret. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Returns the number of found items by kind, without kinds that were not found. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        rules.forEach(rule -> counts.merge(rule.kind(), rule.items().sum(), Long::sum));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }
}
