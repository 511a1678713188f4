package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.AnchorId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A passage of a {@link PlainStore}, guarded by it. */
final class PlainPassage {
    final String id;
    final String text;
    final Map<String, String> context;
    final float[] unit;
    final Instant at;
    /** The adjacent passages. */
    final List<PlainPassage> adjacent = new ArrayList<>();
    /** Whether it leads its anchor. */
    boolean leads;

    PlainPassage(String id, String text, Map<String, String> context, float[] unit, Instant at) {
        this.id = id;
        this.text = text;
        this.context = context;
        this.unit = unit;
        this.at = at;
    }

    /** Returns a hash of the id; the smallest has the best priority. */
    int priority() {
        int hash = id.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    AnchorId anchorId() {
        return new AnchorId("a-" + id);
    }
}
