package dev.geotherm.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.geotherm.api.GeothermException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A transformer model that computes a vector for each token of a text. A run uses only the calling thread, so its result
 * does not depend on the number of threads. Thread-safe; close it only when no run is in progress.
 */
final class TransformerModel implements AutoCloseable {
    private static final Set<String> KNOWN_INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");
    private static final int TOKEN_VECTORS = 3;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String output;
    private final int dimension;

    private TransformerModel(OrtEnvironment environment, OrtSession session, String output, int dimension) {
        this.environment = environment;
        this.session = session;
        this.output = output;
        this.dimension = dimension;
    }

    /**
     * Loads a model.
     *
     * @throws GeothermException if the model cannot be loaded, does not compute token vectors, or if the device is not
     *     available
     */
    static TransformerModel load(Path file, Device device) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            if (device == Device.CUDA) {
                addCuda(options);
            }
            return checked(environment, environment.createSession(file.toString(), options), file);
        } catch (OrtException failed) {
            throw new GeothermException("cannot load the model " + file + ": " + failed.getMessage(), failed);
        }
    }

    private static void addCuda(OrtSession.SessionOptions options) {
        try {
            options.addCUDA(0);
        } catch (OrtException unavailable) {
            throw new GeothermException(
                    "CUDA is not available: " + unavailable.getMessage()
                            + "; put onnxruntime_gpu in place of onnxruntime and install CUDA, or set device to cpu",
                    unavailable);
        }
    }

    private static TransformerModel checked(OrtEnvironment environment, OrtSession session, Path file)
            throws OrtException {
        Set<String> inputs = session.getInputNames();
        if (inputs.contains("input_ids") && KNOWN_INPUTS.containsAll(inputs)) {
            for (Map.Entry<String, NodeInfo> entry : session.getOutputInfo().entrySet()) {
                if (entry.getValue().getInfo() instanceof TensorInfo tensor
                        && tensor.getShape().length == TOKEN_VECTORS
                        && tensor.getShape()[2] > 0) {
                    return new TransformerModel(
                            environment, session, entry.getKey(), Math.toIntExact(tensor.getShape()[2]));
                }
            }
        }
        Set<String> outputs = session.getOutputNames();
        session.close();
        throw new GeothermException("the model " + file
                + " must have the input input_ids, at most also attention_mask and"
                + " token_type_ids, and an output of the shape [texts, tokens, dimension]; it has the inputs " + inputs
                + " and the outputs " + outputs);
    }

    int dimension() {
        return dimension;
    }

    /**
     * Computes the vectors of texts with the same number of tokens.
     *
     * @param texts the token ids of each text
     * @return the numbers of all vectors: text by text, token by token
     */
    float[] run(List<long[]> texts) {
        int tokens = texts.get(0).length;
        long[] ids = new long[texts.size() * tokens];
        for (int i = 0; i < texts.size(); i++) {
            System.arraycopy(texts.get(i), 0, ids, i * tokens, tokens);
        }
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        long[] shape = {texts.size(), tokens};
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String name : session.getInputNames()) {
                long[] values =
                        name.equals("input_ids") ? ids : name.equals("attention_mask") ? ones : new long[ids.length];
                inputs.put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
            }
            try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
                FloatBuffer numbers = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] vectors = new float[numbers.remaining()];
                numbers.get(vectors);
                return vectors;
            }
        } catch (OrtException failed) {
            throw new GeothermException(
                    "the model failed for " + texts.size() + " texts of " + tokens + " tokens: " + failed.getMessage()
                            + "; is maxTokens above what the model allows?",
                    failed);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failed) {
            throw new GeothermException("cannot close the model: " + failed.getMessage(), failed);
        }
    }
}
