package com.example.badge;

import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.ScrubRule;
import dev.geotherm.testkit.anchor.ScrubRuleContract;
import java.util.List;

class BadgeRuleTest extends ScrubRuleContract {
    @Override
    protected ScrubRule create() {
        return new BadgeRuleFactory().create(Settings.defaults(BadgeSettings.class));
    }

    @Override
    protected List<String> items() {
        return List.of("EMP-01234", "EMP01234");
    }

    @Override
    protected List<String> otherTexts() {
        return List.of("EMP-123", "EMP-123456", "TEMP-01234", "an EMP of 01234 V");
    }
}
