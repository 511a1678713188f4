package dev.geotherm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/**
 * The server's response to an embedding request.
 *
 * @param vectors one vector per text, in the order of the texts, as the server computed them
 * @param tokens the number of tokens that the server counted; 0 if it does not report one
 */
record EmbeddingAnswer(List<float[]> vectors, long tokens) {

    /**
     * Reads a response.
     *
     * @param count the number of texts
     * @param dimension the length of every vector; 0 for any
     * @throws MalformedAnswerException if the response does not have a vector of finite numbers for each text
     */
    static EmbeddingAnswer read(byte[] body, int count, int dimension, ObjectMapper mapper)
            throws MalformedAnswerException {
        JsonNode root;
        try {
            root = mapper.readTree(body);
        } catch (IOException noJson) {
            throw new MalformedAnswerException("is not JSON");
        }
        JsonNode data = root.path("data");
        if (!data.isArray()) {
            throw new MalformedAnswerException("has no array 'data'");
        }
        if (data.size() != count) {
            throw new MalformedAnswerException("has " + data.size() + " vectors for " + count + " texts");
        }
        float[][] vectors = new float[count][0];
        for (int position = 0; position < count; position++) {
            JsonNode entry = data.get(position);
            int index = entry.path("index").asInt(position);
            if (index < 0 || index >= count || vectors[index].length > 0) {
                throw new MalformedAnswerException("has an index that is out of range or occurs twice: " + index);
            }
            vectors[index] = vector(entry.path("embedding"), dimension);
        }
        JsonNode usage = root.path("usage");
        return new EmbeddingAnswer(
                List.of(vectors),
                Math.max(
                        0,
                        usage.path("prompt_tokens")
                                .asLong(usage.path("total_tokens").asLong(0))));
    }

    private static float[] vector(JsonNode embedding, int dimension) throws MalformedAnswerException {
        float[] vector = embedding.isTextual() ? decoded(embedding.textValue()) : numbers(embedding);
        if (vector.length == 0) {
            throw new MalformedAnswerException("has an empty vector");
        }
        if (dimension != 0 && vector.length != dimension) {
            throw new MalformedAnswerException("has a vector of " + vector.length + " numbers where " + dimension
                    + " are expected; set dimension to " + vector.length + ", or to 0 to ask the server");
        }
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw new MalformedAnswerException("has a vector with a number that is not finite");
            }
        }
        return vector;
    }

    private static float[] numbers(JsonNode array) throws MalformedAnswerException {
        if (!array.isArray()) {
            throw new MalformedAnswerException("has an entry without a vector 'embedding'");
        }
        float[] vector = new float[array.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!array.get(i).isNumber()) {
                throw new MalformedAnswerException("has a vector with something that is not a number");
            }
            vector[i] = array.get(i).floatValue();
        }
        return vector;
    }

    private static float[] decoded(String base64) throws MalformedAnswerException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException neither) {
            throw new MalformedAnswerException("has a vector that is neither an array nor base64");
        }
        if (bytes.length % Float.BYTES != 0) {
            throw new MalformedAnswerException("has a base64 vector whose length is not a multiple of four bytes");
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
