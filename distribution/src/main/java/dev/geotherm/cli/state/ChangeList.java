package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A readable list of the changes of a delta, one per line: additions green, removals red, modifications yellow. */
public final class ChangeList {
    private static final String PLAIN = "\u001b[0m";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String BLUE = "\u001b[34m";
    private static final int MOST_COLUMNS = 60;

    private final boolean styled;

    /** Creates a list, with or without colours. */
    public ChangeList(boolean styled) {
        this.styled = styled;
    }

    /** Returns the first changes, and the number of further ones. */
    public String of(StateDelta delta, int most) {
        StringBuilder text = new StringBuilder();
        List<Change> changes = delta.changes();
        for (Change change : changes.subList(0, Math.min(most, changes.size()))) {
            text.append(line(change)).append('\n');
        }
        int more = changes.size() - most;
        if (more > 0) {
            text.append(String.format("and %,d more; --all shows them%n", more));
        }
        return text.toString();
    }

    private String line(Change change) {
        String path = TerminalText.safe(change.path().toString());
        return switch (change.kind()) {
            case ADDED -> coloured(GREEN, "+ " + path) + "  " + brief(change.after());
            case REMOVED -> coloured(RED, "- " + path) + "  " + brief(change.before());
            case MOVED -> coloured(BLUE, "> " + path) + "  from " + TerminalText.safe(String.valueOf(change.from()));
            case TEXT_SPLICED -> coloured(YELLOW, "~ " + path) + "  " + splice(change);
            default ->
                coloured(YELLOW, "~ " + path) + "  " + (change.before() == null ? "" : brief(change.before()) + " -> ")
                        + brief(change.after());
        };
    }

    private String coloured(String colour, String text) {
        return styled ? colour + text + PLAIN : text;
    }

    private static String splice(Change change) {
        TextSplice splice = change.splice();
        if (splice == null) {
            return "";
        }
        String gone = change.before() == null ? splice.length() + " units" : brief(change.before());
        return "at " + splice.start() + ": " + gone + " -> "
                + TerminalText.cut(TerminalText.safe('"' + splice.text() + '"'), MOST_COLUMNS);
    }

    private static String brief(@Nullable JsonNode value) {
        if (value == null) {
            return "";
        } else if (value.isContainerNode() && !value.isEmpty()) {
            return String.format(value.isObject() ? "{%,d members}" : "[%,d elements]", value.size());
        }
        String text = value.toString();
        return TerminalText.cut(
                TerminalText.safe(text.substring(0, Math.min(text.length(), 2 * MOST_COLUMNS))), MOST_COLUMNS);
    }
}
