package dev.geotherm.anchors.scrub;

import dev.geotherm.api.Extensions;
import dev.geotherm.api.NearestName;
import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Secret;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.anchor.ScrubRule;
import dev.geotherm.api.anchor.ScrubRuleFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The settings from which a scrubber is created.
 *
 * @param rules the names of the rules; {@link #BUILT_IN} stands for all rules of this package
 * @param options the settings of rules of extensions, such as {@code badge.prefix=B-}
 * @param actions the actions by kind, such as {@code email=pseudonym}; items of other kinds are masked
 * @param key the key for pseudonyms; empty if it is in a file or no pseudonyms are used
 * @param keyFile the file with the key; empty if there is none
 */
public record ScrubberChoice(
        List<String> rules, List<String> options, List<String> actions, Secret key, String keyFile) {
    static final String BUILT_IN = "built-in";

    static final String RULES = "scrubRules";
    private static final String ACTIONS = "scrubActions";

    /**
     * Creates the scrubber. The rules of extensions come first, in the order of the choice.
     *
     * @param extensions the source of the rules of extensions
     * @throws SettingsException with every problem
     */
    public PersonalDataScrubber scrubber(Extensions extensions) {
        Problems problems = new Problems();
        Map<String, ScrubRuleFactory<?>> installed = installed(extensions, problems);
        Set<String> builtIn = new LinkedHashSet<>();
        PersonalDataScrubber.RULES.forEach(rule -> builtIn.add(rule.kind()));
        Set<String> chosen = chosen(builtIn, installed, problems);
        Map<String, ScrubAction> actionOf = actions(chosen, problems);
        boolean needsKey = actionOf.containsValue(ScrubAction.PSEUDONYM);
        Pseudonyms pseudonyms = new PseudonymKey(key, keyFile).pseudonyms(needsKey, problems);
        ExtensionRules own = new ExtensionRules(installed, chosen, problems);
        own.configure(options);
        List<ActiveRule> active = new ArrayList<>();
        for (String name : chosen) {
            ScrubRule rule = own.create(name);
            if (rule != null) {
                active.add(active(name, TextTraits.NONE, rule, actionOf, pseudonyms));
            }
        }
        for (PatternRule rule : PersonalDataScrubber.RULES) {
            if (chosen.contains(rule.kind())) {
                active.add(active(rule.kind(), rule.needs(), rule, actionOf, pseudonyms));
            }
        }
        problems.throwIfAny();
        String fingerprint = pseudonyms == null ? "" : pseudonyms.fingerprint();
        return new PersonalDataScrubber(active, PersonalDataScrubber.fingerprint(fingerprint));
    }

    private static ActiveRule active(
            String kind,
            int needs,
            ScrubRule rule,
            Map<String, ScrubAction> actionOf,
            @Nullable Pseudonyms pseudonyms) {
        ScrubAction action = actionOf.getOrDefault(kind, ScrubAction.MASK);
        return new ActiveRule(kind, needs, rule, action, pseudonyms, new LongAdder());
    }

    private static Map<String, ScrubRuleFactory<?>> installed(Extensions extensions, Problems problems) {
        Map<String, ScrubRuleFactory<?>> installed = new LinkedHashMap<>();
        for (ScrubRuleFactory<?> factory : extensions.of(ScrubRuleFactory.class)) {
            ScrubRuleFactory<?> other = installed.putIfAbsent(factory.name(), factory);
            problems.require(
                    other == null,
                    RULES,
                    "two scrub rules are called '%s': %s and %s; remove one of them",
                    factory.name(),
                    other == null ? "" : other.getClass().getName(),
                    factory.getClass().getName());
        }
        return installed;
    }

    private Set<String> chosen(Set<String> builtIn, Map<String, ScrubRuleFactory<?>> installed, Problems problems) {
        Set<String> known = new TreeSet<>(builtIn);
        known.add(BUILT_IN);
        for (String name : installed.keySet()) {
            problems.require(
                    known.add(name), RULES, "the name of the extension's rule '%s' is taken by a built-in one", name);
        }
        Set<String> chosen = new LinkedHashSet<>();
        for (String name : rules) {
            if (name.equals(BUILT_IN)) {
                chosen.addAll(builtIn);
            } else if (known.contains(name)) {
                chosen.add(name);
            } else {
                problems.add(new Problem(RULES, NearestName.unknown("scrub rule", name, known)));
            }
        }
        problems.require(!rules.isEmpty(), RULES, "must name a rule; set scrub=false to scrub nothing");
        return chosen;
    }

    private Map<String, ScrubAction> actions(Set<String> chosen, Problems problems) {
        Map<String, ScrubAction> actionOf = new HashMap<>();
        for (String each : actions) {
            int equals = each.indexOf('=');
            String kind = equals < 0 ? each : each.substring(0, equals).strip();
            ScrubAction action =
                    equals < 0 ? null : action(each.substring(equals + 1).strip());
            if (action == null) {
                problems.add(new Problem(
                        ACTIONS, "must be KIND=mask, KIND=drop or KIND=pseudonym for each kind, was '" + each + "'"));
            } else if (!chosen.contains(kind)) {
                problems.add(new Problem(ACTIONS, NearestName.unknown("scrub rule in use", kind, chosen)));
            } else {
                problems.require(
                        actionOf.putIfAbsent(kind, action) == null, ACTIONS, "names '%s' more than once", kind);
            }
        }
        return actionOf;
    }

    private static @Nullable ScrubAction action(String name) {
        for (ScrubAction each : ScrubAction.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        return null;
    }
}
