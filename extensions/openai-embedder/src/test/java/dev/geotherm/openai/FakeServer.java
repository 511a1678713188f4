package dev.geotherm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server with the interface for embeddings, on the loopback address. Its vectors count the words of a text, so that similar texts
 * have similar vectors, and no two texts of a test have the same by chance.
 */
final class FakeServer implements AutoCloseable {
    static final int DIMENSION = 64;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static {
        // Otherwise each answer waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What happens to one request instead of an answer. */
    interface Mishap {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request that the server received. */
    record Received(String path, Headers headers, JsonNode body) {
        List<String> texts() {
            List<String> texts = new ArrayList<>();
            body.path("input").forEach(text -> texts.add(text.textValue()));
            return texts;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();
    private final Random random = new Random(5);
    volatile int mostTexts = Integer.MAX_VALUE;
    volatile int longestText = Integer.MAX_VALUE;
    volatile int refusalStatus = 413;
    volatile boolean shuffled;
    volatile double tokensPerCharacter = 0.25;

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    /** The next request ends in this way, each later one in the way that is added later. */
    FakeServer next(Mishap mishap) {
        mishaps.add(mishap);
        return this;
    }

    FakeServer nextStatus(int status, String body, Map<String, String> headers) {
        return next(exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            respond(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        });
    }

    FakeServer nextStatus(int status) {
        return nextStatus(status, "{\"error\":{\"message\":\"scripted\"}}", Map.of());
    }

    FakeServer nextBody(String body) {
        return nextStatus(200, body, Map.of());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = MAPPER.readTree(exchange.getRequestBody());
            Received request =
                    new Received(exchange.getRequestURI().toString(), copy(exchange.getRequestHeaders()), body);
            received.add(request);
            Mishap mishap = mishaps.poll();
            if (mishap != null) {
                mishap.answer(exchange);
            } else if (request.texts().size() > mostTexts
                    || request.texts().stream().anyMatch(text -> text.length() > longestText)) {
                respond(
                        exchange,
                        refusalStatus,
                        "{\"error\":{\"message\":\"input is too large to process\"}}".getBytes(StandardCharsets.UTF_8));
            } else {
                respond(exchange, 200, MAPPER.writeValueAsBytes(answer(request)));
            }
        }
    }

    private static Headers copy(Headers headers) {
        Headers copy = new Headers();
        copy.putAll(headers);
        return copy;
    }

    static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private JsonNode answer(Received request) {
        boolean base64 = request.body().path("encoding_format").asText().equals("base64");
        int dimension = request.body().path("dimensions").asInt(DIMENSION);
        List<ObjectNode> entries = new ArrayList<>();
        long characters = 0;
        for (String text : request.texts()) {
            ObjectNode entry = MAPPER.createObjectNode();
            entry.put("object", "embedding").put("index", entries.size());
            float[] vector = vector(text, dimension);
            if (base64) {
                entry.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = entry.putArray("embedding");
                for (float number : vector) {
                    numbers.add(number);
                }
            }
            entries.add(entry);
            characters += text.length();
        }
        if (shuffled) {
            Collections.shuffle(entries, random);
        }
        ObjectNode answer = MAPPER.createObjectNode();
        answer.putArray("data").addAll(entries);
        answer.putObject("usage").put("prompt_tokens", Math.round(characters * tokensPerCharacter));
        return answer;
    }

    static float[] vector(String text, int dimension) {
        float[] vector = new float[dimension];
        vector[0] = 0.5f;
        for (String word : text.split("\\W+")) {
            vector[Math.floorMod(word.hashCode() * 31 + 7, dimension)] += 1;
        }
        vector[1] += (text.hashCode() & 0xffff) / 655360f;
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
