package dev.geotherm.testkit.batch;

import dev.geotherm.api.batch.BatchFunction;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.ItemResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A function that returns {@code <text>!} for {@code <text>}, and records its calls and their threads. */
final class RecordingFunction implements BatchFunction<String, String> {
    final List<List<String>> calls = new CopyOnWriteArrayList<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final BatchFunction<String, String> function;

    private RecordingFunction(BatchFunction<String, String> function) {
        this.function = function;
    }

    /** Returns a function that always succeeds. */
    static RecordingFunction answering() {
        return new RecordingFunction(RecordingFunction::answer);
    }

    /** Returns a function that fails if one of the given items is in the batch. */
    static RecordingFunction failingOn(String... ids) {
        Set<String> bad = Set.of(ids);
        return new RecordingFunction(items -> {
            for (EvaluationItem<String> item : items) {
                if (bad.contains(item.id())) {
                    throw new IllegalStateException("cannot do " + item.id());
                }
            }
            return answer(items);
        });
    }

    /** Returns a function that first takes a step. */
    static RecordingFunction after(Step first) {
        return new RecordingFunction(items -> {
            first.take(items);
            return answer(items);
        });
    }

    /** Returns a function that records the calls of the given function. */
    static RecordingFunction of(BatchFunction<String, String> function) {
        return new RecordingFunction(function);
    }

    static List<String> answer(List<EvaluationItem<String>> items) {
        return items.stream().map(item -> item.input() + "!").toList();
    }

    @Override
    public List<String> evaluate(List<EvaluationItem<String>> items) throws Exception {
        record(items);
        return function.evaluate(items);
    }

    @Override
    public List<ItemResult<String>> evaluateEach(List<EvaluationItem<String>> items) throws Exception {
        record(items);
        return function.evaluateEach(items);
    }

    private void record(List<EvaluationItem<String>> items) {
        threads.add(Thread.currentThread());
        calls.add(items.stream().map(EvaluationItem::id).toList());
    }

    /** Returns the ids of the evaluated items; an item that was evaluated twice occurs twice. */
    List<String> evaluated() {
        return calls.stream().flatMap(List::stream).toList();
    }

    /** A step to take before a batch is evaluated. */
    @FunctionalInterface
    interface Step {
        void take(List<EvaluationItem<String>> items) throws Exception;
    }
}
