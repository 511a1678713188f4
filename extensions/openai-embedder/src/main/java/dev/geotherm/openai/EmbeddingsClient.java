package dev.geotherm.openai;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Secret;
import dev.geotherm.openai.RequestFailure.Remedy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A thread-safe HTTP client that sends a request once and reads the response. */
final class EmbeddingsClient implements AutoCloseable {
    private static final int LONGEST_MESSAGE = 300;

    private final OpenAiEmbedderSettings settings;
    private final URI address;
    private final Clock clock;
    private final ExecutorService executor;
    private final HttpClient http;
    private final ObjectMapper mapper = new ObjectMapper();
    /** The cancellation of each request in progress. */
    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();

    EmbeddingsClient(OpenAiEmbedderSettings settings, ComponentContext context) {
        this.settings = settings;
        address = settings.address();
        clock = context.clock();
        executor = context.blockingExecutor("http");
        http = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .executor(executor)
                // Some servers do not understand an unencrypted HTTP/2 upgrade, and lose the body of the request.
                .version(address.getScheme().equals("https") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Returns the model and its server for messages. */
    String server() {
        return "the embedding model '" + settings.model() + "' at " + settings.shownEndpoint();
    }

    /**
     * Sends texts once.
     *
     * @param dimension the length of every vector; 0 for any
     */
    EmbeddingAnswer send(List<String> texts, int dimension) throws RequestFailure, InterruptedException {
        HttpResponse<byte[]> response = exchange(request(texts));
        if (response.statusCode() != 200) {
            throw refusal(response);
        }
        try {
            return EmbeddingAnswer.read(response.body(), texts.size(), dimension, mapper);
        } catch (MalformedAnswerException malformed) {
            throw new RequestFailure(
                    Remedy.NONE, "the answer of " + server() + " " + malformed.getMessage(), (Throwable) null);
        }
    }

    private HttpRequest request(List<String> texts) {
        ObjectNode body = mapper.createObjectNode();
        body.put("model", settings.model());
        ArrayNode input = body.putArray("input");
        texts.forEach(text -> input.add(wellFormed(text)));
        body.put("encoding_format", settings.encoding() == VectorEncoding.BASE64 ? "base64" : "float");
        if (settings.shortenVectors()) {
            body.put("dimensions", settings.dimension());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(settings.requestTimeout())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        if (!settings.apiKey().isEmpty()) {
            String key = settings.apiKey().reveal();
            request.header(
                    settings.keyHeader(),
                    settings.keyHeader().equalsIgnoreCase("Authorization") ? "Bearer " + key : key);
        }
        try {
            return request.POST(BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body)))
                    .build();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Replaces unpaired surrogates, which UTF-8 cannot contain. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws RequestFailure, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request, BodyHandlers.ofByteArray());
        Runnable cancel = () -> response.cancel(true);
        running.add(cancel);
        try {
            return response.get();
        } catch (ExecutionException failed) {
            throw unreachable(failed.getCause());
        } finally {
            running.remove(cancel);
            cancel.run(); // needed if this thread was interrupted
        }
    }

    private RequestFailure unreachable(@Nullable Throwable cause) {
        String reason = cause instanceof HttpTimeoutException
                ? "no answer within the time limit (connectTimeout "
                        + settings.connectTimeout().toMillis() + " ms, requestTimeout "
                        + settings.requestTimeout().toMillis() + " ms)"
                : reason(cause);
        return new RequestFailure(
                cause instanceof IOException ? Remedy.REPEAT : Remedy.NONE,
                server() + " cannot be reached: " + reason + "; is the server running?",
                cause);
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "no connection (refused, or the host is unknown)";
        }
        String message = cause == null ? null : cause.getMessage();
        return message != null ? message : String.valueOf(cause);
    }

    private RequestFailure refusal(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String body = new String(response.body(), StandardCharsets.UTF_8);
        String meaning = Refusal.meaning(status, body);
        String message = message(body);
        return new RequestFailure(
                Refusal.remedy(status, body),
                server() + " answered " + status + (meaning.isEmpty() ? "" : ": " + meaning)
                        + (message.isEmpty() ? "" : " (" + message + ")"),
                notBefore(response));
    }

    private @Nullable Instant notBefore(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(value -> RetryAfter.parse(value, clock.instant()))
                .orElse(null);
    }

    /** Returns the server's message on one line, without the key. */
    private String message(String body) {
        String text = body;
        try {
            var error = mapper.readTree(body).path("error");
            text = error.path("message").asText(error.asText(body));
        } catch (IOException noJson) {
            // Not JSON: the whole body is the message.
        }
        String line = withoutKey(text).replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }

    private String withoutKey(String text) {
        return settings.apiKey().isEmpty()
                ? text
                : text.replace(settings.apiKey().reveal(), Secret.MASK);
    }

    @Override
    public void close() {
        running.forEach(Runnable::run);
        if (http instanceof AutoCloseable closeable) { // from JDK 21 on
            closeQuietly(closeable);
        }
        executor.shutdown();
    }

    private static void closeQuietly(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
