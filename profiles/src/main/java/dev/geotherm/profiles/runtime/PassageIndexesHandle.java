package dev.geotherm.profiles.runtime;

import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.PassageIndexesMetrics;
import java.nio.file.Path;

/** The handle of the passage indexes; indexes opened through it have handles too. */
final class PassageIndexesHandle implements PassageIndexes {
    private final String description;
    private volatile PassageIndexes target;

    PassageIndexesHandle(String description, PassageIndexes target) {
        this.description = description;
        this.target = target;
    }

    @Override
    public PassageIndex open(String name) {
        return new PassageIndexHandle(target.open(name));
    }

    @Override
    public PassageIndex open(String name, Path folder) {
        return new PassageIndexHandle(target.open(name, folder));
    }

    @Override
    public PassageIndexesMetrics metrics() {
        return target.metrics();
    }

    /** Throws, because the platform closes its components. */
    @Override
    public void close() {
        throw Handles.closeRefused("retrieval");
    }

    @Override
    public String toString() {
        return description;
    }
}
