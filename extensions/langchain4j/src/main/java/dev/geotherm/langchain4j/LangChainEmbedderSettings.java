package dev.geotherm.langchain4j;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings of the embedder {@code langchain4j}.
 *
 * @param model the name of a class with a public no-argument constructor: an {@code EmbeddingModel}, an {@code
 *     EmbeddingModelFactory}, or a {@code Supplier} of a model; if empty, the single factory that is registered as a service
 * @param batchTexts the maximum number of texts per call of the model
 */
public record LangChainEmbedderSettings(
        @Setting(
                defaultValue = "",
                description =
                        "Class of an EmbeddingModel, or of a Supplier or EmbeddingModelFactory of one; empty for the only factory"
                                + " that is a service.")
        String model,

        @Setting(defaultValue = "100", description = "Maximum number of texts that are sent to the model at once.")
        int batchTexts) {

    /** Validates the values. */
    public LangChainEmbedderSettings {
        new Problems()
                .require(batchTexts >= 1, "batchTexts", "must be at least 1, was %s", batchTexts)
                .throwIfAny();
    }
}
