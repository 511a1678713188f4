package dev.geotherm.onnx;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings of the embedder {@code onnx}.
 *
 * @param model a folder with {@code model.onnx} and {@code tokenizer.json}, or {@code classpath:NAME} for the resources
 *     {@code NAME.onnx} and {@code NAME-tokenizer.json}
 * @param pooling the method that combines the vectors of tokens into the vector of a text
 * @param maxTokens the maximum number of tokens of a text, including the begin and end markers
 * @param threads the number of concurrent runs; 0 for one per processor
 * @param batchTexts the maximum number of texts in a run of the model
 * @param device the device that runs the model
 */
public record OnnxEmbedderSettings(
        @Setting(
                defaultValue = "classpath:all-minilm-l6-v2",
                description =
                        "Folder with model.onnx and tokenizer.json, or classpath:NAME for NAME.onnx and NAME-tokenizer.json in a jar.")
        String model,

        @Setting(
                defaultValue = "mean",
                description =
                        "How the vectors of tokens become the vector of a text: mean, or cls for the first token's.")
        Pooling pooling,

        @Setting(
                defaultValue = "256",
                description =
                        "Maximum number of tokens of a text; longer texts are truncated. Must not exceed the model's maximum.")
        int maxTokens,

        @Setting(
                defaultValue = "0",
                description = "Number of concurrent runs of the model, each on one thread; 0 for one per processor.")
        int threads,

        @Setting(
                defaultValue = "1",
                description =
                        "Maximum number of texts with equally many tokens in a run; above 1, last digits can depend on the batch.")
        int batchTexts,

        @Setting(
                defaultValue = "cpu",
                description =
                        "Where the model runs: cpu, or cuda, which needs onnxruntime_gpu in place of onnxruntime.")
        Device device) {
    static final String CLASS_PATH = "classpath:";

    /** Validates the values. */
    public OnnxEmbedderSettings {
        new Problems()
                .require(
                        !model.isBlank() && !model.equals(CLASS_PATH),
                        "model",
                        "must be a folder or classpath:NAME, was '%s'",
                        model)
                .require(maxTokens >= 3, "maxTokens", "must be at least 3, was %s", maxTokens)
                .require(threads >= 0 && threads <= 4096, "threads", "must be from 0 to 4096, was %s", threads)
                .require(batchTexts >= 1, "batchTexts", "must be at least 1, was %s", batchTexts)
                .throwIfAny();
    }

    int effectiveThreads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }
}
