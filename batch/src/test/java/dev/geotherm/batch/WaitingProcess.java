package dev.geotherm.batch;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A process that evaluates ten items: it prints that it does, waits for a line, and prints how the job ended or was refused. */
final class WaitingProcess {
    static final String EVALUATING = "evaluating";
    private static final LocalEvaluatorSettings SETTINGS = new LocalEvaluatorSettings(1, 1, 0, 1);

    private WaitingProcess() {}

    public static void main(String[] arguments) throws Exception {
        try {
            Status status = evaluate(Path.of(arguments[0]), item -> {
                if (item.equals("item-5")) {
                    System.out.println(EVALUATING);
                    int ignored = System.in.read();
                }
            });
            System.out.println(status);
        } catch (EvaluationException refused) {
            System.out.println(refused.getMessage());
        }
    }

    static Status evaluate(Path output, Step step) throws Exception {
        List<EvaluationItem<String>> items = IntStream.range(0, 10)
                .mapToObj(i -> new EvaluationItem<>("item-" + i, "text " + i))
                .toList();
        EvaluationJob<String, String> job = new EvaluationJob<>(
                "shared",
                items,
                batch -> {
                    step.take(batch.get(0).id());
                    return List.of(batch.get(0).input());
                },
                TextNode::valueOf,
                output,
                EvaluationMode.SEQUENTIAL,
                EvaluationListener.none());
        try (LocalEvaluator evaluator = new LocalEvaluator(SETTINGS, ComponentContext.standalone("waiting"))) {
            return evaluator.start(job).await().status();
        }
    }

    /** A step before an item is evaluated. */
    @FunctionalInterface
    interface Step {
        void take(String item) throws Exception;
    }
}
