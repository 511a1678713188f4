package dev.geotherm.profiles.config;

import dev.geotherm.api.SettingsException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Writes a profile as the YAML that {@link ProfileReader} reads. */
final class ProfileWriter {
    /** What means itself wherever it stands in YAML; all else is quoted. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]*");

    private ProfileWriter() {}

    /**
     * Returns the text.
     *
     * @throws SettingsException if the profile has keys that no profile file may have, since it could not be read back
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
        String section = "";
        for (Map.Entry<String, String> setting : profile.values().entrySet()) {
            int dot = setting.getKey().indexOf('.');
            if (dot < 0) {
                continue;
            }
            if (!setting.getKey().substring(0, dot).equals(section)) {
                section = setting.getKey().substring(0, dot);
                text.append('\n').append(section).append(":\n");
            }
            line(text, "  ", setting.getKey().substring(dot + 1), setting.getValue());
        }
        checkThatItReadsBack(profile, text.toString());
        return text.toString();
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
