package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** A tree comparison that counts and times its runs. Thread-safe. */
public final class MeteredComparison {
    private final LongAdder comparisons = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final Histogram nanos = new SynchronizedHistogram(2);

    /** Returns the changes from one state to another. */
    public StateDelta compare(JsonNode before, JsonNode after, CompareRules rules) {
        return compare(before, after, rules, (array, key) -> {});
    }

    /**
     * Returns the changes from one state to another.
     *
     * @param matched receives each array in which an inferred member, one without a rule, identified the elements, and
     *     that member
     */
    public StateDelta compare(
            JsonNode before, JsonNode after, CompareRules rules, BiConsumer<Pointer, String> matched) {
        long start = System.nanoTime();
        StateDelta delta =
                TreeComparison.compare(before, after, rules, array -> matched.accept(array.path(), array.key()));
        nanos.recordValue(System.nanoTime() - start);
        comparisons.increment();
        changes.add(delta.changes().size());
        return delta;
    }

    /** Returns the number of comparisons. */
    public long comparisons() {
        return comparisons.sum();
    }

    /** Returns the number of changes found. */
    public long changes() {
        return changes.sum();
    }

    /** Returns the time of a comparison, in seconds. */
    public Distribution time() {
        Histogram now = nanos.copy();
        return Distribution.of(now.getTotalCount(), now.getMean(), now::getValueAtPercentile, 1e-9);
    }
}
