package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.JsonLength;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.diff.codec.StateText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A readable list of the changes of a delta, one per line, that fits the width of the terminal. On a narrow terminal, the
 * value is on a separate line. Additions are green, removals red, modifications yellow, moves blue. Array elements are shown
 * with their names, long values with the text around the difference.
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

    /** The maximum size of a value that is formatted before it is cut; a larger value is shown as its size. */
    private static final int LONGEST = 1 << 20;

    private static final int LEAST_VALUE = 30;

    /** Below this width, a path can take a whole line, with the value on the next line. */
    private static final int NARROW = 80;

    private final boolean styled;
    private final int columns;

    /** Creates a list with lines of at most the given number of columns, with or without colours. */
    public ChangeList(boolean styled, int columns) {
        this.styled = styled;
        this.columns = columns;
    }

    /**
     * Returns the changes in {@linkplain ReadingOrder reading order}, and how many more there are. Paths refer to the later
     * document; the index of a removed element refers to the earlier array.
     *
     * @param delta a delta from a differ
     * @param before the state that the delta is for
     * @param matched the key that the differ found for each array with elements matched by a key
     * @param keys the members that the user chose as keys
     * @param most the maximum number of changes to show
     */
    public String of(StateDelta delta, JsonNode before, Map<Pointer, String> matched, List<String> keys, int most) {
        StringBuilder text = new StringBuilder();
        ReadingOrder order = ReadingOrder.of(delta, before, most);
        RecordNames names = new RecordNames(order.after(), matched, keys);
        for (ListedChange change : order.changes()) {
            text.append(line(change, names.of(change))).append('\n');
        }
        String omitted = order.omitted();
        if (omitted != null) {
            TerminalText.wrapped(omitted, columns)
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private String line(ListedChange listed, @Nullable String name) {
        Change change = listed.change();
        JsonNode old = listed.old();
        return switch (change.kind()) {
            case ADDED -> line(GREEN, '+', listed, name, room -> brief(change.after(), room));
            case REMOVED -> line(RED, '-', listed, name, room -> brief(old, room));
            case MOVED ->
                line(BLUE, '>', listed, name, room -> TerminalText.cutMiddle("from " + safe(listed.from()), room));
            default -> line(YELLOW, '~', listed, name, room -> replacement(old, after(change, old), room));
        };
    }

    /** A formatter of the text after a path, given the remaining columns. */
    private interface Rest {
        String within(int columns);
    }

    private String line(String colour, char mark, ListedChange change, @Nullable String name, Rest rest) {
        String path = safe(change.path());
        int most = columns < NARROW ? columns : columns - LEAST_VALUE;
        String label = name == null ? "" : " (" + TerminalText.cutMiddle(safe(name), most / 2) + ")";
        path = TerminalText.cutMiddle(path, most - 2 - TerminalText.width(label));
        String head = mark + " " + path;
        int room = columns - TerminalText.width(head + label) - GAP;
        String shown = (styled ? colour + head + PLAIN : head) + label;
        String own = room < LEAST_VALUE - GAP ? rest.within(columns - INDENT.length()) : "";
        return TerminalText.width(own) > room
                ? shown + '\n' + INDENT + own
                : (shown + " ".repeat(GAP) + rest.within(room)).stripTrailing();
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

    /** Returns a value as JSON, or the size of a very large value. */
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
