package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.JsonLength;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.delta.WorkingState;
import dev.geotherm.diff.codec.StateText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A list of the changes of a delta for people, one per line, within the width of the terminal, on a narrow one with the
 * value on a line of its own: additions green, removals red, modifications yellow. An element of an array is shown with its name; long values by the surroundings of what
 * differs.
 */
public final class ChangeList {
    private static final String PLAIN = "\u001b[0m";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String BLUE = "\u001b[34m";
    private static final String ARROW = " -> ";
    private static final int GAP = 2;
    private static final String INDENT = "    ";

    /** The longest text of a value that is made to be cut. */
    private static final int LONGEST = 1 << 20;

    private static final int LEAST_VALUE = 30;

    private final boolean styled;
    private final int columns;

    /** Creates a list of lines of so many columns at most, in colours or without. */
    public ChangeList(boolean styled, int columns) {
        this.styled = styled;
        this.columns = columns;
    }

    /**
     * Returns the first changes, and how many more there are.
     *
     * @param before the state that the delta is for
     */
    public String of(StateDelta delta, JsonNode before, int most) {
        StringBuilder text = new StringBuilder();
        WorkingState state = new WorkingState(before);
        List<Change> changes = delta.changes();
        for (Change change : changes.subList(0, Math.min(most, changes.size()))) {
            text.append(line(change, state)).append('\n');
            state.apply(change);
        }
        int more = changes.size() - most;
        if (more > 0) {
            text.append(String.format(Locale.ROOT, "and %,d more; --all shows them%n", more));
        }
        return text.toString();
    }

    private String line(Change change, WorkingState state) {
        JsonNode old = state.look(change.path());
        return switch (change.kind()) {
            case ADDED -> line(GREEN, '+', change, state, room -> brief(change.after(), room));
            case REMOVED -> line(RED, '-', change, state, room -> brief(old, room));
            case MOVED ->
                line(BLUE, '>', change, state, room -> TerminalText.cutMiddle("from " + safe(change.from()), room));
            default -> line(YELLOW, '~', change, state, room -> replacement(old, after(change, old), room));
        };
    }

    /** What follows a path, in the columns that are left. */
    private interface Rest {
        String within(int columns);
    }

    private String line(String colour, char mark, Change change, WorkingState state, Rest rest) {
        String path = safe(change.path());
        String name = name(change, state);
        int most = Math.max(LEAST_VALUE, columns - LEAST_VALUE);
        String label = name == null ? "" : " (" + TerminalText.cut(safe(name), most / 2) + ")";
        path = TerminalText.cutMiddle(path, most - 2 - TerminalText.width(label));
        String head = mark + " " + path;
        int room = columns - TerminalText.width(head + label) - GAP;
        String shown = (styled ? colour + head + PLAIN : head) + label;
        String own = room < LEAST_VALUE - GAP ? rest.within(columns - INDENT.length()) : "";
        return TerminalText.width(own) > room
                ? shown + '\n' + INDENT + own
                : (shown + " ".repeat(GAP) + rest.within(room)).stripTrailing();
    }

    private static @Nullable String name(Change change, WorkingState state) {
        JsonNode root = state.look(Pointer.ROOT);
        if (root == null) {
            return null;
        } else if (change.from() != null) {
            return RecordName.of(root, change.from(), null);
        }
        return RecordName.of(root, change.path(), change.kind() == ChangeKind.ADDED ? change.after() : null);
    }

    private static @Nullable JsonNode after(Change change, @Nullable JsonNode old) {
        TextSplice splice = change.splice();
        if (splice != null && old != null && old.isTextual() && splice.fits(old.textValue())) {
            return TextNode.valueOf(splice.in(old.textValue()));
        }
        return change.after();
    }

    private static String replacement(@Nullable JsonNode old, @Nullable JsonNode after, int room) {
        int left = room - ARROW.length();
        TextPair pair = TextPair.within(text(old), text(after), left);
        return TerminalText.cut(pair.before() + ARROW + pair.after(), room);
    }

    private static String brief(@Nullable JsonNode value, int room) {
        return TerminalText.cut(text(value), room);
    }

    /** Returns a value as JSON; a very large one by its size. */
    private static String text(@Nullable JsonNode value) {
        if (value == null) {
            return "";
        } else if (value.isContainerNode() && JsonLength.of(value, LONGEST) > LONGEST) {
            return count(value.size(), value.isObject() ? "member" : "element");
        }
        return TerminalText.safe(StateText.format(value));
    }

    private static String count(int number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    private static String safe(@Nullable Object text) {
        return TerminalText.safe(String.valueOf(text));
    }
}
