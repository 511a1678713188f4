package dev.geotherm.delta;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A summary of a delta: counts, paths and size.
 *
 * @param counts the number of changes by kind; kinds that do not occur are omitted
 * @param paths the path of each change, in order
 * @param averageMagnitude the mean magnitude of the changes, 0 to 1
 * @param category the size of the delta in five steps
 * @param deltaBytes the size of the delta as JSON
 * @param encodedBytes the size in the differ's wire format
 * @param encodeTime the time to encode the delta in the wire format
 */
public record DeltaSummary(
        Map<ChangeKind, Integer> counts,
        List<Pointer> paths,
        double averageMagnitude,
        DeltaCategory category,
        long deltaBytes,
        long encodedBytes,
        Duration encodeTime) {

    /** Copies the collections. */
    public DeltaSummary {
        EnumMap<ChangeKind, Integer> copy = new EnumMap<>(ChangeKind.class);
        copy.putAll(counts);
        counts = Map.copyOf(copy);
        paths = List.copyOf(paths);
    }

    /** Returns the number of changes. */
    public int changes() {
        return paths.size();
    }

    /** Returns the encoded size divided by the size as JSON; 1 for an empty delta. */
    public double compressionRatio() {
        return deltaBytes == 0 ? 1 : (double) encodedBytes / deltaBytes;
    }
}
