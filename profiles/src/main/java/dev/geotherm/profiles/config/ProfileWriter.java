package dev.geotherm.profiles.config;

import dev.geotherm.api.SettingsException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** A writer of profiles as YAML that {@link ProfileReader} reads. */
final class ProfileWriter {
    /** Texts that need no quotes anywhere in YAML; all others are quoted. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]*");

    private ProfileWriter() {}

    /**
     * Returns the text.
     *
     * @throws SettingsException if the profile has invalid keys, which could not be read back
     */
    static String text(Profile profile) {
        StringBuilder text = new StringBuilder();
        if (profile.parent() != null) {
            line(text, "", ProfileReader.EXTENDS, profile.parent());
        }
        if (!profile.description().isEmpty()) {
            line(text, "", "description", profile.description());
        }
        line(text, "", "focus", profile.focus().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        profile.values().forEach((key, value) -> {
            if (key.indexOf('.') < 0) {
                line(text, "", key, value);
            }
        });
        below(profile.values()).forEach((section, settings) -> {
            text.append('\n').append(section).append(":\n");
            section(text, "  ", settings);
        });
        checkThatItReadsBack(profile, text.toString());
        return text.toString();
    }

    /** Writes settings, followed by the settings of instances. */
    private static void section(StringBuilder text, String indent, Map<String, String> settings) {
        settings.forEach((key, value) -> {
            if (key.indexOf('.') < 0) {
                line(text, indent, key, value);
            }
        });
        below(settings).forEach((key, inner) -> {
            text.append(indent).append(key).append(":\n");
            section(text, indent + "  ", inner);
        });
    }

    /** Groups the dotted keys by their first part, and removes that part. */
    private static Map<String, Map<String, String>> below(Map<String, String> settings) {
        Map<String, Map<String, String>> parts = new TreeMap<>();
        settings.forEach((key, value) -> {
            int dot = key.indexOf('.');
            if (dot >= 0) {
                parts.computeIfAbsent(key.substring(0, dot), part -> new TreeMap<>())
                        .put(key.substring(dot + 1), value);
            }
        });
        return parts;
    }

    private static void checkThatItReadsBack(Profile profile, String text) {
        Profile back =
                new ProfileReader(profile.name(), profile.origin()).read(text).sound();
        if (!back.equals(profile)) {
            throw new IllegalArgumentException("cannot be written as a profile file: " + profile);
        }
    }

    private static void line(StringBuilder text, String indent, String key, String value) {
        text.append(indent).append(key).append(": ").append(scalar(value)).append('\n');
    }

    private static String scalar(String value) {
        if (BARE.matcher(value).matches() && !value.equalsIgnoreCase("null")) {
            return value;
        }
        DumpSettings quoted = DumpSettings.builder()
                .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
                .setSplitLines(false)
                .build();
        return new Dump(quoted).dumpToString(value).strip();
    }
}
