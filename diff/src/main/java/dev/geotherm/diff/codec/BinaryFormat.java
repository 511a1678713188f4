package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.TextSplice;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The constants and helpers of the binary format. */
final class BinaryFormat {
    static final int NOTHING = 0;
    static final int CARRIED = 1;
    static final int OF_STATE = 2;

    static final int USUAL = 0;
    static final int COMPUTED = 1;
    static final int DIGITS = 2;
    static final int EXACT = 3;

    private static final int MAX_ZEROS = 11;
    static final int MAX_DIGITS = 101 * MAX_ZEROS + 100;

    /** The order is part of the format: append new kinds at the end. */
    private static final List<ChangeKind> KINDS = List.of(
            ChangeKind.ADDED,
            ChangeKind.REMOVED,
            ChangeKind.MODIFIED,
            ChangeKind.TYPE_CHANGED,
            ChangeKind.MOVED,
            ChangeKind.OBJECT_MODIFIED,
            ChangeKind.ARRAY_MODIFIED,
            ChangeKind.ARRAY_RESIZED,
            ChangeKind.TEXT_SPLICED);

    private BinaryFormat() {}

    static int operation(ChangeKind kind, int goes, int magnitude) {
        return KINDS.indexOf(kind) | (goes << 4) | (magnitude << 6);
    }

    static ChangeKind kind(int operation) {
        int number = operation & 15;
        if (number >= KINDS.size()) {
            throw new DeltaException("unknown kind of change " + number);
        }
        return KINDS.get(number);
    }

    static int goes(int operation) {
        int goes = (operation >> 4) & 3;
        if (goes > OF_STATE) {
            throw new DeltaException("there is no way " + goes + " to carry a value");
        }
        return goes;
    }

    static int magnitude(int operation) {
        return operation >> 6;
    }

    static double usualMagnitude(ChangeKind kind) {
        return kind == ChangeKind.MOVED ? 0 : 1;
    }

    static JsonNode going(@Nullable TextSplice splice, JsonNode found) {
        if (splice == null) {
            return found;
        }
        String text = found.textValue();
        return text != null && splice.fits(text) ? TextNode.valueOf(splice.removedFrom(text)) : found;
    }

    /** Returns the number for a magnitude with two digits, or -1 for any other magnitude. */
    static int digits(double magnitude) {
        double scaled = magnitude;
        for (int zeros = 0; zeros <= MAX_ZEROS && scaled <= 1; zeros++) {
            int digits = zeros * 101 + (int) Math.round(scaled * 100);
            if (Double.compare(ofDigits(digits), magnitude) == 0) {
                return digits;
            }
            scaled *= 10;
        }
        return -1;
    }

    static double ofDigits(int digits) {
        return Double.parseDouble(digits % 101 + "e-" + (2 + digits / 101));
    }

    /** Returns the steps of a path, starting with the first. */
    static List<Pointer> steps(Pointer path) {
        Pointer[] steps = new Pointer[path.depth()];
        int i = steps.length;
        for (Pointer p = path; p != null && i > 0; p = p.parent()) {
            steps[--i] = p;
        }
        return Arrays.asList(steps);
    }

    /** Returns the last id in the list that is not -1, or -1. */
    static int name(List<Integer> ids) {
        for (int i = ids.size() - 1; i >= 0; i--) {
            if (ids.get(i) >= 0) {
                return ids.get(i);
            }
        }
        return -1;
    }
}
