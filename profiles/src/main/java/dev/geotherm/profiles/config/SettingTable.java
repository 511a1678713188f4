package dev.geotherm.profiles.config;

import java.util.List;

/** An aligned table of the effective settings: key, value, source. */
final class SettingTable {
    private SettingTable() {}

    static String of(List<EffectiveSetting> settings) {
        int keys = "SETTING".length();
        int values = "VALUE".length();
        for (EffectiveSetting setting : settings) {
            keys = Math.max(keys, setting.key().length());
            values = Math.max(values, onOneLine(setting.value()).length());
        }
        String row = "%-" + keys + "s  %-" + values + "s  %s%n";
        StringBuilder table = new StringBuilder(String.format(row, "SETTING", "VALUE", "FROM"));
        for (EffectiveSetting setting : settings) {
            String origin = setting.defaultValue() ? "(default)" : setting.origin();
            table.append(String.format(row, setting.key(), onOneLine(setting.value()), origin));
        }
        return table.toString();
    }

    /** Escapes line breaks and control characters, so that a value cannot look like another row. */
    private static String onOneLine(String value) {
        if (value.isEmpty()) {
            return "-";
        }
        StringBuilder line = new StringBuilder();
        value.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.append((char) c);
            }
        });
        return line.toString();
    }
}
