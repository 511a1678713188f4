package dev.geotherm.engine;

import com.google.auto.service.AutoService;
import dev.geotherm.profiles.config.ProfileSection;

/** The profile section {@code engine}, with the {@link EngineSettings}. */
@AutoService(ProfileSection.class)
public final class EngineSection implements ProfileSection {
    /** Creates the section. */
    public EngineSection() {}

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public Class<EngineSettings> settings() {
        return EngineSettings.class;
    }
}
