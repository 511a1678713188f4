package dev.geotherm.testkit.batch;

import dev.geotherm.api.batch.BatchFunction;
import dev.geotherm.api.batch.EvaluationItem;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A function that answers {@code <text>} with {@code <text>!} and remembers what it was called with, and by whom. */
final class RecordedFunction implements BatchFunction<String, String> {
    final List<List<String>> calls = new CopyOnWriteArrayList<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final BatchFunction<String, String> function;

    private RecordedFunction(BatchFunction<String, String> function) {
        this.function = function;
    }

    /** Returns a function that always succeeds. */
    static RecordedFunction answering() {
        return new RecordedFunction(RecordedFunction::answer);
    }

    /** Returns a function that fails whenever one of the given items is in the batch. */
    static RecordedFunction failingOn(String... ids) {
        Set<String> bad = Set.of(ids);
        return new RecordedFunction(items -> {
            for (EvaluationItem<String> item : items) {
                if (bad.contains(item.id())) {
                    throw new IllegalStateException("cannot do " + item.id());
                }
            }
            return answer(items);
        });
    }

    /** Returns a function that does something else first. */
    static RecordedFunction after(Step first) {
        return new RecordedFunction(items -> {
            first.take(items);
            return answer(items);
        });
    }

    /** Returns a function that does what the given one does. */
    static RecordedFunction of(BatchFunction<String, String> function) {
        return new RecordedFunction(function);
    }

    static List<String> answer(List<EvaluationItem<String>> items) {
        return items.stream().map(item -> item.input() + "!").toList();
    }

    @Override
    public List<String> evaluate(List<EvaluationItem<String>> items) throws Exception {
        threads.add(Thread.currentThread());
        calls.add(items.stream().map(EvaluationItem::id).toList());
        return function.evaluate(items);
    }

    /** Returns the items that were evaluated, each as often as it was. */
    List<String> evaluated() {
        return calls.stream().flatMap(List::stream).toList();
    }

    /** What is done before a batch is answered. */
    @FunctionalInterface
    interface Step {
        void take(List<EvaluationItem<String>> items) throws Exception;
    }
}
