package com.example.badge;

import dev.geotherm.api.anchor.ScrubRule;
import dev.geotherm.api.anchor.ScrubRuleFactory;

/** The factory of badge rules, listed in META-INF/services and chosen by {@code anchors.scrubRules=built-in,badge}. */
public final class BadgeRuleFactory implements ScrubRuleFactory<BadgeSettings> {

    @Override
    public String name() {
        return "badge";
    }

    @Override
    public String description() {
        return "Finds numbers of staff, such as EMP-01234.";
    }

    @Override
    public Class<BadgeSettings> settings() {
        return BadgeSettings.class;
    }

    @Override
    public ScrubRule create(BadgeSettings settings) {
        return new BadgeRule(settings);
    }
}
