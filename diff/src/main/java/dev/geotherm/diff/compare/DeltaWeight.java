package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.StateDelta;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The weight of a delta: the sum of the weights of its changes, and the category derived from it.
 *
 * <p>The weight of a change is its magnitude times the number of values that it adds, removes or replaces, so that a
 * container weighs about the same whether it is replaced as a whole or in parts. The weight of a move is a tenth.
 */
public final class DeltaWeight {
    private static final double MINIMAL = 1;
    private static final double MODERATE = 10;
    private static final double SIGNIFICANT = 100;
    private static final double MOVE = 0.1;

    private DeltaWeight() {}

    public static double of(StateDelta delta) {
        return delta.changes().stream().mapToDouble(DeltaWeight::of).sum();
    }

    private static double of(Change change) {
        return change.kind() == ChangeKind.MOVED
                ? MOVE
                : change.magnitude() * Math.max(values(change.before()), values(change.after()));
    }

    /** Returns the number of scalars in a value, at least 1. */
    private static int values(@Nullable JsonNode value) {
        if (value == null || !value.isContainerNode()) {
            return 1;
        }
        int values = 0;
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(value);
        while (!open.isEmpty()) {
            for (JsonNode child : open.pop()) {
                if (child.isContainerNode()) {
                    open.push(child);
                } else {
                    values++;
                }
            }
        }
        return Math.max(1, values);
    }

    /**
     * Returns the category, with limits at the weights 1, 10 and 100; a large change of the whole state is always
     * major.
     */
    public static DeltaCategory category(StateDelta delta, CategoryThresholds thresholds) {
        double sum = 0;
        boolean any = false;
        boolean whole = false;
        for (Change change : delta.changes()) {
            if (change.magnitude() >= threshold(change, thresholds)) {
                any = true;
                sum += of(change);
                whole |= change.path().isRoot() && change.magnitude() > 0.5;
            }
        }
        if (!any) {
            return DeltaCategory.NONE;
        } else if (whole || sum > SIGNIFICANT) {
            return DeltaCategory.MAJOR;
        } else if (sum > MODERATE) {
            return DeltaCategory.SIGNIFICANT;
        }
        return sum > MINIMAL ? DeltaCategory.MODERATE : DeltaCategory.MINIMAL;
    }

    private static double threshold(Change change, CategoryThresholds thresholds) {
        JsonNode after = change.after();
        return switch (change.kind()) {
            case MODIFIED ->
                after != null && after.isNumber()
                        ? thresholds.number()
                        : after != null && after.isTextual() ? thresholds.string() : 0;
            case TEXT_SPLICED -> thresholds.string();
            case ARRAY_MODIFIED, ARRAY_RESIZED -> thresholds.list();
            default -> 0;
        };
    }
}
