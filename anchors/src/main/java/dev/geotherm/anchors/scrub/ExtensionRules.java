package dev.geotherm.anchors.scrub;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.NearestName;
import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.anchor.ScrubRule;
import dev.geotherm.api.anchor.ScrubRuleFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The chosen rules of extensions with their settings. Problems are collected, not thrown. */
final class ExtensionRules {
    private static final String OPTIONS = "scrubOptions";

    private final Map<String, ScrubRuleFactory<?>> installed;
    private final Set<String> chosen;
    private final Problems problems;
    private final Map<String, Map<String, String>> optionsOf = new HashMap<>();

    /**
     * Creates the rules.
     *
     * @param installed the factories by rule name
     * @param chosen the names of all chosen rules
     */
    ExtensionRules(Map<String, ScrubRuleFactory<?>> installed, Set<String> chosen, Problems problems) {
        this.installed = installed;
        this.chosen = chosen;
        this.problems = problems;
    }

    /** Reads settings of the form {@code RULE.SETTING=VALUE}. */
    void configure(List<String> options) {
        for (String each : options) {
            int equals = each.indexOf('=');
            int dot = each.indexOf('.');
            if (dot <= 0 || equals < dot) {
                problems.add(new Problem(OPTIONS, "must be RULE.SETTING=VALUE for each setting, was '" + each + "'"));
                continue;
            }
            String rule = each.substring(0, dot).strip();
            String setting = each.substring(dot + 1, equals).strip();
            if (!chosen.contains(rule) || !installed.containsKey(rule)) {
                Set<String> own = new TreeSet<>(installed.keySet());
                own.retainAll(chosen);
                problems.add(new Problem(OPTIONS, NearestName.unknown("rule of an extension in use", rule, own)));
            } else {
                String before = optionsOf
                        .computeIfAbsent(rule, name -> new HashMap<>())
                        .put(setting, each.substring(equals + 1).strip());
                problems.require(before == null, OPTIONS, "sets '%s.%s' more than once", rule, setting);
            }
        }
    }

    /** Creates the rule with its settings. Returns null if no extension provides the rule, or after a problem. */
    @Nullable
    ScrubRule create(String name) {
        ScrubRuleFactory<?> factory = installed.get(name);
        return factory == null ? null : create(factory, optionsOf.getOrDefault(name, Map.of()));
    }

    private <S extends Record> @Nullable ScrubRule create(ScrubRuleFactory<S> factory, Map<String, String> options) {
        S settings;
        try {
            settings = Settings.of(factory.settings(), options);
        } catch (SettingsException wrong) {
            wrong.problems().forEach(problem -> problems.add(new Problem(OPTIONS, factory.name() + "." + problem)));
            return null;
        }
        try {
            ScrubRule created = factory.create(settings);
            if (created == null) {
                throw new GeothermException("the factory returned null");
            }
            OwnRule rule = new OwnRule(factory.name(), created);
            requireNoFindInMarks(rule);
            return rule;
        } catch (RuntimeException | StackOverflowError | LinkageError failed) {
            String reason =
                    failed instanceof GeothermException ? String.valueOf(failed.getMessage()) : failed.toString();
            problems.add(new Problem(
                    ScrubberChoice.RULES, "the scrub rule '" + factory.name() + "' cannot be created: " + reason));
            return null;
        }
    }

    /** Refuses a rule that finds an item in a mark, because it would change a text at every scrub. */
    private void requireNoFindInMarks(OwnRule rule) {
        for (String kind : chosen) {
            for (String mark : List.of("[" + kind + "]", "[" + kind + ":abcdefghijklmnop]")) {
                problems.require(
                        rule.find(mark).isEmpty(),
                        ScrubberChoice.RULES,
                        "the scrub rule '%s' finds an item in the mark %s",
                        rule.name(),
                        mark);
            }
        }
    }
}
