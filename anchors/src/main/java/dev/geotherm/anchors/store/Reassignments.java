package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The reassignments of passages to other anchors by operations that could not report them; the next caller receives them.
 * Guarded by the store's lock.
 */
final class Reassignments {
    /** The passages with their previous anchors. */
    private final Map<String, AnchorId> unreported = new HashMap<>();

    private long reported;

    /** Returns the number of reported passages. */
    long reported() {
        return reported;
    }

    /** Keeps the reassignments of an operation for a later report. */
    void keep(AnchorOperation operation) {
        operation.moved().forEach(unreported::putIfAbsent);
    }

    /** Returns the passages with another anchor than before the operation, or than at the last report. */
    Map<String, Optional<AnchorId>> report(
            AnchorOperation operation, Collection<String> except, Function<String, Optional<AnchorId>> anchorOf) {
        if (operation.moved().isEmpty() && unreported.isEmpty()) {
            return Map.of();
        }
        keep(operation);
        Map<String, Optional<AnchorId>> moved = new LinkedHashMap<>();
        unreported.forEach((passage, anchor) -> {
            Optional<AnchorId> now = anchorOf.apply(passage);
            if (!except.contains(passage) && !now.equals(Optional.of(anchor))) {
                moved.put(passage, now);
            }
        });
        unreported.clear();
        reported += moved.size();
        return moved;
    }
}
