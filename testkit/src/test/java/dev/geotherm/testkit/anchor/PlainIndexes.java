package dev.geotherm.testkit.anchor;

import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexMetrics;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.PassageIndexesMetrics;
import java.nio.file.Path;
import java.util.UUID;

/** The smallest correct passage indexes, with an optional fault. */
final class PlainIndexes implements PassageIndexes {
    private final NamedInstances<PlainIndex, PassageIndexMetrics> indexes =
            new NamedInstances<>("index", PlainIndex::metrics, PlainIndex::close);
    private final IndexFault fault;

    PlainIndexes(IndexFault fault) {
        this.fault = fault;
    }

    @Override
    public PassageIndex open(String name) {
        return open(name, (Path) null);
    }

    @Override
    public PassageIndex open(String name, Path folder) {
        String key = fault == IndexFault.NAMES_ARE_SHARED ? "" + UUID.randomUUID() : name;
        return indexes.open(
                key,
                () -> new PlainIndex(
                        name,
                        fault,
                        folder == null ? null : new PlainFile(folder, fault),
                        closed -> indexes.closed(key, closed)));
    }

    @Override
    public PassageIndexesMetrics metrics() {
        return new PassageIndexesMetrics(indexes.metrics(), indexes.opened(), indexes.closed());
    }

    @Override
    public void close() {
        indexes.close();
    }
}
