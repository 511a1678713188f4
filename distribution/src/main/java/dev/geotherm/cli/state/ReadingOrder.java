package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.WorkingState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a delta, most interesting first: changed values, then added and removed records, then moves. If a list
 * cannot show all changes, each group gets a fair share of the list, and moves get the rest.
 */
final class ReadingOrder {
    private final WorkingState state;
    private final ChangeGroup changed;
    private final ChangeGroup added;
    private final ChangeGroup removed;
    private final ChangeGroup moved;
    private @Nullable ArrayOrder order;
    private @Nullable Pointer ordered;

    private ReadingOrder(JsonNode before, int most) {
        state = new WorkingState(before);
        changed = new ChangeGroup("changed value", most);
        added = new ChangeGroup("added record", most);
        removed = new ChangeGroup("removed record", most);
        moved = new ChangeGroup("move", most);
    }

    /**
     * Returns the order of the changes of a differ's delta. Such a delta orders the elements of an array before it changes
     * their content.
     *
     * @param most the maximum length of the list
     */
    static ReadingOrder of(StateDelta delta, JsonNode before, int most) {
        ReadingOrder reading = new ReadingOrder(before, most);
        delta.changes().forEach(reading::add);
        reading.share(most);
        return reading;
    }

    private void add(Change change) {
        ArrayOrder array = arrayOf(change);
        int element = array == null ? -1 : rearrange(array, change);
        ChangeGroup group = group(change, array != null);
        if (group.count()) {
            boolean replaces = change.kind() != ChangeKind.ADDED && change.kind() != ChangeKind.MOVED;
            JsonNode old = replaces ? state.get(change.path()) : null; // later changes do not affect it
            group.add(new ListedChange(change, old, array, element));
        }
        state.apply(change);
    }

    private ChangeGroup group(Change change, boolean isElement) {
        return switch (change.kind()) {
            case ADDED -> isElement && isRecord(change.after()) ? added : changed;
            case REMOVED -> isElement && isRecord(state.look(change.path())) ? removed : changed;
            case MOVED -> moved;
            default -> changed;
        };
    }

    private static boolean isRecord(@Nullable JsonNode value) {
        return value != null && value.isObject();
    }

    /** Returns the order of the array if the change adds, removes or moves one of its elements, else null. */
    private @Nullable ArrayOrder arrayOf(Change change) {
        boolean rearranges = switch (change.kind()) {
            case ADDED, REMOVED, MOVED -> true;
            default -> false;
        };
        Pointer parent = change.path().parent();
        if (!rearranges || parent == null || !(state.look(parent) instanceof ArrayNode)) {
            return null;
        }
        if (!parent.equals(ordered) && state.get(parent) instanceof ArrayNode array) {
            ordered = parent;
            order = new ArrayOrder(array);
        }
        return order;
    }

    private static int rearrange(ArrayOrder order, Change change) {
        int index = change.path().index();
        Pointer from = change.from();
        if (from != null) {
            return order.move(from.index(), index);
        }
        return change.kind() == ChangeKind.ADDED ? order.add(index) : order.remove(index);
    }

    /** Limits the groups to a total number of changes. */
    private void share(int most) {
        List<ChangeGroup> bySize = List.of(changed, added, removed).stream()
                .sorted(Comparator.comparingInt(ChangeGroup::size))
                .toList();
        int left = most;
        for (int i = 0; i < bySize.size(); i++) {
            left -= bySize.get(i).limit(left / (bySize.size() - i));
        }
        moved.limit(left);
    }

    private List<ChangeGroup> groups() {
        return List.of(changed, added, removed, moved);
    }

    /** Returns the changes of the list. */
    List<ListedChange> changes() {
        return groups().stream().flatMap(group -> group.first().stream()).toList();
    }

    /** Returns the later document. */
    JsonNode after() {
        return state.share();
    }

    /** Returns a sentence about the omitted changes, or null if none was omitted. */
    @Nullable
    String omitted() {
        int sum = groups().stream().mapToInt(ChangeGroup::omitted).sum();
        String parts = groups().stream()
                .map(ChangeGroup::omittedText)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return sum == 0 ? null : String.format(Locale.ROOT, "and %,d more: %s; --all shows them", sum, parts);
    }
}
