package dev.geotherm.engine;

import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.profiles.runtime.Platform;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The passage index of the engines over a platform: a temporary one, opened by the first engine, which the platform closes.
 * So an engine finds the passages of its predecessors, as it finds their anchors. Safe for use by many threads.
 */
final class KnowledgeIndex {
    static final String NAME = "knowledge";

    /** A platform that is dropped with its index is not kept. */
    private static final Map<Platform, PassageIndex> OPENED = new WeakHashMap<>();

    private KnowledgeIndex() {}

    static synchronized PassageIndex of(Platform platform) {
        return OPENED.computeIfAbsent(platform, opening -> opening.indexes().open(NAME));
    }
}
