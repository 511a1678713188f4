package dev.geotherm.api.diff;

import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a delta amounts to.
 *
 * @param counts changes by kind; kinds without any are left out
 * @param paths every path that changed, in the order of the changes
 * @param averageMagnitude the mean of the changes' magnitudes, 0 to 1
 * @param category how much changed, all in all
 * @param deltaBytes the size of the delta as plain JSON
 * @param encodedBytes the size in the differ's wire form
 * @param encodeTime how long it took to write that
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

    /** Returns encoded bytes by bytes of JSON; 1 for an empty delta. */
    public double compressionRatio() {
        return deltaBytes == 0 ? 1 : (double) encodedBytes / deltaBytes;
    }
}
