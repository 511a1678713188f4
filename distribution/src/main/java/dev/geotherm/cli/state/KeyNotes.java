package dev.geotherm.cli.state;

import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.delta.Pointer;
import dev.geotherm.diff.KeyHint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes about the keys that matched array records, and about a suggested key, that fit the width of the terminal. */
public final class KeyNotes {
    private static final String INDENT = "  ";

    private KeyNotes() {}

    /**
     * Returns the notes and an empty line, or an empty string.
     *
     * @param keys the key that the differ found for each array with records matched by a key
     * @param hint the rule that would make the delta much smaller, or null
     */
    public static String of(Map<Pointer, String> keys, @Nullable KeyHint hint, int columns) {
        Map<String, List<Pointer>> arrays = new LinkedHashMap<>();
        keys.forEach((array, key) ->
                arrays.computeIfAbsent(key, any -> new ArrayList<>()).add(array));
        StringBuilder text = new StringBuilder();
        arrays.forEach((key, paths) -> {
            String first = paths.get(0).isRoot()
                    ? ""
                    : " of " + TerminalText.safe(paths.get(0).toString());
            String more = paths.size() == 1 ? "" : String.format(" and %,d more arrays", paths.size() - 1);
            String by = "matched by `" + TerminalText.safe(key) + "`";
            String line = "records" + first + more + " " + by;
            if (TerminalText.width(line) <= columns) {
                text.append(line).append('\n');
            } else {
                text.append(TerminalText.cutMiddle("records" + first + more, columns))
                        .append('\n');
                TerminalText.wrapped(by, columns - INDENT.length())
                        .forEach(part -> text.append(INDENT).append(part).append('\n'));
            }
        });
        if (hint != null) {
            String line = String.format(
                    Locale.ROOT,
                    "--key %s makes it %.0f %% smaller: %,d bytes as JSON, not %,d",
                    TerminalText.safe(hint.rule()),
                    100 - 100.0 * hint.bytesWithRule() / hint.bytes(),
                    hint.bytesWithRule(),
                    hint.bytes());
            TerminalText.wrapped(line, columns)
                    .forEach(part -> text.append(part).append('\n'));
        }
        return text.isEmpty() ? "" : text + "\n";
    }
}
