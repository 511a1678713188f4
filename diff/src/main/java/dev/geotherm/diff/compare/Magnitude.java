package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.JsonEquality;
import java.util.Map;

/**
 * The magnitude of a replacement, from 0 to 1, with two digits: for numbers the difference relative to the larger one,
 * for strings the share of characters between common prefix and suffix, for containers the share of members that
 * differ, otherwise 1.
 */
public final class Magnitude {
    private Magnitude() {}

    public static double of(JsonNode before, JsonNode after) {
        return rounded(exact(before, after));
    }

    /** Rounds to two digits: more are meaningless, and would be most of a small delta. */
    public static double rounded(double magnitude) {
        double scale = 100;
        for (double scaled = magnitude; scaled < 0.1 && scale < 1e12; scaled *= 10) {
            scale *= 10;
        }
        return Math.rint(magnitude * scale) / scale;
    }

    private static double exact(JsonNode before, JsonNode after) {
        if (before.getNodeType() != after.getNodeType()) {
            return 1;
        }
        return switch (before.getNodeType()) {
            case NUMBER -> ofNumbers(before.doubleValue(), after.doubleValue());
            case STRING -> ofTexts(before.textValue(), after.textValue());
            case OBJECT -> ofObjects(before, after);
            case ARRAY -> ofArrays(before, after);
            default -> 1;
        };
    }

    private static double ofNumbers(double a, double b) {
        double larger = Math.max(Math.abs(a), Math.abs(b));
        double share = a == b ? 0 : Math.abs(a - b) / larger;
        return Double.isNaN(share) ? 1 : Math.min(1, share);
    }

    private static double ofTexts(String a, String b) {
        return TextOverlap.of(a, b).magnitude(a, b);
    }

    private static double ofObjects(JsonNode a, JsonNode b) {
        int kept = 0;
        int all = b.size();
        for (Map.Entry<String, JsonNode> member : a.properties()) {
            JsonNode other = b.get(member.getKey());
            all += other == null ? 1 : 0;
            kept += other != null && JsonEquality.same(member.getValue(), other) ? 1 : 0;
        }
        return share(kept, all);
    }

    private static double ofArrays(JsonNode a, JsonNode b) {
        int kept = 0;
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            kept += JsonEquality.same(a.get(i), b.get(i)) ? 1 : 0;
        }
        return share(kept, Math.max(a.size(), b.size()));
    }

    private static double share(int kept, int all) {
        return all == 0 ? 0 : 1 - (double) kept / all;
    }
}
