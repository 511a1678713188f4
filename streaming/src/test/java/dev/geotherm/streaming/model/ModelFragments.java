package dev.geotherm.streaming.model;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.time.Instant;
import java.util.Map;

/** Fragments with the id {@code key:version}. */
final class ModelFragments {
    private ModelFragments() {}

    static Fragment<String> of(String key, int version, Priority priority) {
        String id = key + ":" + version;
        return new Fragment<>(id, "content of " + id, priority, Instant.EPOCH, Map.of());
    }

    static String key(Fragment<String> fragment) {
        return fragment.id().substring(0, fragment.id().indexOf(':'));
    }

    static int version(Fragment<String> fragment) {
        return Integer.parseInt(fragment.id().substring(fragment.id().indexOf(':') + 1));
    }
}
