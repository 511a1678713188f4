package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Change;
import dev.geotherm.api.diff.DeltaCategory;
import dev.geotherm.api.diff.StateDelta;

/** How much a delta amounts to: the sum of its changes' magnitudes, and the category that follows from it. */
final class DeltaWeight {
    private static final double MINIMAL = 1;
    private static final double MODERATE = 10;
    private static final double SIGNIFICANT = 100;

    private DeltaWeight() {}

    static double of(StateDelta delta) {
        return delta.changes().stream().mapToDouble(Change::magnitude).sum();
    }

    /** The steps are at 1, 10 and 100; a large change of the whole state is major whatever the sum. */
    static DeltaCategory category(StateDelta delta, TreeDifferSettings thresholds) {
        double sum = 0;
        boolean any = false;
        boolean whole = false;
        for (Change change : delta.changes()) {
            if (change.magnitude() >= threshold(change, thresholds)) {
                any = true;
                sum += change.magnitude();
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

    private static double threshold(Change change, TreeDifferSettings thresholds) {
        JsonNode after = change.after();
        return switch (change.kind()) {
            case MODIFIED ->
                after != null && after.isNumber()
                        ? thresholds.numberThreshold()
                        : after != null && after.isTextual() ? thresholds.stringThreshold() : 0;
            case TEXT_SPLICED -> thresholds.stringThreshold();
            case ARRAY_MODIFIED, ARRAY_RESIZED -> thresholds.listThreshold();
            default -> 0;
        };
    }
}
