package dev.geotherm.testkit.batch;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.batch.BatchFunction;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.ResultSerializer;
import java.nio.file.Path;
import java.util.List;

/** A builder of jobs from texts to texts. By default, jobs are parallel and their function never fails. */
final class JobBuilder {
    private final List<EvaluationItem<String>> items;
    private final Path output;
    private String id = "job";
    private BatchFunction<String, String> function = RecordingFunction::answer;
    private ResultSerializer<String> serializer = TextNode::valueOf;
    private EvaluationMode mode = EvaluationMode.PARALLEL;
    private EvaluationListener listener = EvaluationListener.none();
    private boolean keepCheckpoint;

    JobBuilder(List<EvaluationItem<String>> items, Path output) {
        this.items = items;
        this.output = output;
    }

    JobBuilder id(String newId) {
        id = newId;
        return this;
    }

    JobBuilder function(BatchFunction<String, String> newFunction) {
        function = newFunction;
        return this;
    }

    JobBuilder serializer(ResultSerializer<String> newSerializer) {
        serializer = newSerializer;
        return this;
    }

    JobBuilder mode(EvaluationMode newMode) {
        mode = newMode;
        return this;
    }

    JobBuilder listener(EvaluationListener newListener) {
        listener = newListener;
        return this;
    }

    JobBuilder keepingCheckpoint() {
        keepCheckpoint = true;
        return this;
    }

    EvaluationJob<String, String> build() {
        return new EvaluationJob<>(id, items, function, serializer, output, mode, listener, keepCheckpoint);
    }
}
