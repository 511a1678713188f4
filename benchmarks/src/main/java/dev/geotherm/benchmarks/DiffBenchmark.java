package dev.geotherm.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.JsonDiff;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.diff.Pointer;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A state of 1,000 anchors of which 100 change their heat: compared, and tracked, beside zjsonpatch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class DiffBenchmark {
    private static final int ANCHORS = 1000;
    private static final int CHANGED = 100;

    private final Random random = new Random(1);
    private JsonNode before;
    private JsonNode after;
    private TreeDiffer differ;
    private TrackedState tracked;

    @Setup
    public void open() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < ANCHORS; i++) {
            state.putObject("anchor-" + i).put("heat", random.nextDouble()).put("concept", "concept " + i);
        }
        before = state;
        ObjectNode next = state.deepCopy();
        for (int i = 0; i < CHANGED; i++) {
            ((ObjectNode) next.get("anchor-" + i * (ANCHORS / CHANGED))).put("heat", random.nextDouble());
        }
        after = next;
        differ = new TreeDiffer(Settings.defaults(TreeDifferSettings.class), ComponentContext.standalone("benchmark"));
        tracked = differ.track(before);
    }

    @TearDown
    public void close() {
        differ.close();
    }

    @Benchmark
    public Object compared() {
        return differ.diff(before, after);
    }

    @Benchmark
    public Object tracked() {
        return tracked.edit(editor -> {
            for (int i = 0; i < CHANGED; i++) {
                editor.set(
                        Pointer.of("anchor-" + i * (ANCHORS / CHANGED), "heat"),
                        JsonNodeFactory.instance.numberNode(random.nextDouble()));
            }
        });
    }

    @Benchmark
    public Object zjsonpatch() {
        return JsonDiff.asJson(before, after);
    }
}
