package dev.geotherm.testkit.batch;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.batch.BatchFunction;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.ResultCodec;
import java.nio.file.Path;
import java.util.List;

/** A job in the making: texts in, texts out, in parallel, unless something else is said. */
final class JobSketch {
    private final List<EvaluationItem<String>> items;
    private final Path output;
    private String id = "job";
    private BatchFunction<String, String> function = RecordedFunction::answer;
    private ResultCodec<String> codec = TextNode::valueOf;
    private EvaluationMode mode = EvaluationMode.PARALLEL;
    private EvaluationListener listener = EvaluationListener.none();

    JobSketch(List<EvaluationItem<String>> items, Path output) {
        this.items = items;
        this.output = output;
    }

    JobSketch id(String newId) {
        id = newId;
        return this;
    }

    JobSketch function(BatchFunction<String, String> newFunction) {
        function = newFunction;
        return this;
    }

    JobSketch codec(ResultCodec<String> newCodec) {
        codec = newCodec;
        return this;
    }

    JobSketch mode(EvaluationMode newMode) {
        mode = newMode;
        return this;
    }

    JobSketch listener(EvaluationListener newListener) {
        listener = newListener;
        return this;
    }

    EvaluationJob<String, String> job() {
        return new EvaluationJob<>(id, items, function, codec, output, mode, listener);
    }
}
