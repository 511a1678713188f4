/** The embedder {@code onnx}, which runs transformer models in ONNX format in the process. */
module dev.geotherm.onnx {
    requires transitive dev.geotherm.api;
    requires ai.djl.tokenizers;
    requires com.microsoft.onnxruntime;
    requires HdrHistogram;
    requires static com.google.auto.service;
    requires static org.jspecify;

    exports dev.geotherm.onnx;

    provides dev.geotherm.api.anchor.EmbedderFactory with
            dev.geotherm.onnx.OnnxEmbedderFactory;
}
