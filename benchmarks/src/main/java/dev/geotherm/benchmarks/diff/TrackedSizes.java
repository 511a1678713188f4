package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.benchmarks.diff.Interleaving.Task;
import dev.geotherm.benchmarks.diff.Interleaving.Times;
import dev.geotherm.delta.Pointer;
import dev.geotherm.diff.TreeDiffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The same 100 changes in tracked states of 10,000, 100,000 and 1,000,000 entries of one object, in turns. */
public final class TrackedSizes {
    static final int CHANGES = 100;
    private static final int[] ENTRIES = {10_000, 100_000, 1_000_000};
    private static final int ROUNDS = 9;

    private TrackedSizes() {}

    /** Prints a table; the ratio is to the smallest state. Needs 8 GiB of heap. */
    @SuppressWarnings("MustBeClosedChecker") // ends with the process
    public static void main(String[] args) {
        List<Task> tasks = new ArrayList<>();
        TreeDiffer differ = new Geotherm("sizes", Map.of(), false).open();
        for (int entries : ENTRIES) {
            tasks.add(new Task("edit in " + entries, edits(differ.track(state(entries)), false)));
        }
        for (int entries : ENTRIES) {
            tasks.add(new Task("edit and snapshot in " + entries, edits(differ.track(state(entries)), true)));
        }
        List<Times> times = Interleaving.run(tasks, ROUNDS, () -> {});
        Table table = new Table(CHANGES + " changes", "min us", "median us", "of the smallest", "B/call", "");
        for (int i = 0; i < tasks.size(); i++) {
            Times smallest = times.get(i - i % ENTRIES.length);
            table.add(
                    tasks.get(i).name(),
                    Table.figure(times.get(i).min()),
                    Table.figure(times.get(i).median()),
                    Table.figure(times.get(i).min() / smallest.min()),
                    Table.count(times.get(i).bytes()),
                    "");
        }
        System.out.println(table);
    }

    static JsonNode state(int entries) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < entries; i++) {
            state.putObject("anchor-" + i).put("heat", i / 1e6).put("concept", "concept " + i);
        }
        return state;
    }

    /**
     * Returns the edit that writes new heats to the same anchors; their number is that of the changes for every state
     * size.
     */
    static Supplier<Object> edits(TrackedState state, boolean snapshots) {
        return new Supplier<>() {
            private double heat = 1;

            @Override
            public Object get() {
                heat += 1e-3;
                RevisionDelta delta = state.edit(editor -> {
                    for (int i = 0; i < CHANGES; i++) {
                        editor.set(Pointer.of("anchor-" + 97 * i, "heat"), JsonNodeFactory.instance.numberNode(heat));
                    }
                });
                if (delta.delta().changes().size() != CHANGES) {
                    throw new IllegalStateException(
                            "made " + delta.delta().changes().size() + " changes");
                }
                if (snapshots
                        && state.snapshot().get(Pointer.of("anchor-97", "heat")).asDouble() != heat) {
                    throw new IllegalStateException("the snapshot is not of the newest revision");
                }
                return delta;
            }
        };
    }
}
