package dev.geotherm.openai;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Secret;
import dev.geotherm.api.Setting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The settings of the embedder {@code openai}.
 *
 * @param endpoint the base URL of the API, without {@code /embeddings}; its query is kept
 * @param model the name of the model
 * @param dimension the length of all vectors; with 0, the server is asked when the embedder is created
 * @param shortenVectors whether to request vectors shortened to {@code dimension}
 * @param encoding the encoding of vectors in responses
 * @param apiKey the API key; empty if the server needs none
 * @param keyHeader the header that contains the key
 * @param batchTexts the maximum number of texts in a request
 * @param batchTokens the maximum estimated number of tokens in a request
 * @param textTokens the maximum estimated number of tokens in a text
 * @param whenTooLong the behaviour for a longer text
 * @param requestsPerMinute the rate limit of requests; 0 for no limit
 * @param tokensPerMinute the rate limit of tokens; 0 for no limit
 * @param rateLimit the name of the rate limit, for sharing it with pipelines and evaluators; empty for an unshared limit
 * @param connectTimeout the maximum time to connect
 * @param requestTimeout the maximum time from a request to its response
 * @param maxRetryTime the maximum time for which a failing request is retried
 */
public record OpenAiEmbedderSettings(
        @Setting(
                defaultValue = "https://api.openai.com/v1",
                description = "Address of the server's interface; requests are sent to its path /embeddings.")
        String endpoint,

        @Setting(defaultValue = "text-embedding-3-small", description = "Name of the model.")
        String model,

        @Setting(
                defaultValue = "0",
                description = "Length of every vector; 0 asks the server by one request when the embedder is created.")
        int dimension,

        @Setting(
                defaultValue = "false",
                description =
                        "Whether the server is asked to shorten its vectors to the dimension, which only some models allow.")
        boolean shortenVectors,

        @Setting(
                defaultValue = "float",
                description =
                        "How the server writes vectors: float, or base64, which is shorter, but not supported by every server.")
        VectorEncoding encoding,

        @Setting(defaultValue = "", description = "API key, if the server needs one; never printed.")
        Secret apiKey,

        @Setting(
                defaultValue = "Authorization",
                description =
                        "Header for the key: Authorization (as a bearer token) or another one, such as api-key for Azure.")
        String keyHeader,

        @Setting(defaultValue = "128", description = "Maximum number of texts in a request.")
        int batchTexts,

        @Setting(defaultValue = "32768", description = "Maximum number of tokens in a request, as estimated.")
        int batchTokens,

        @Setting(defaultValue = "8192", description = "Maximum number of tokens in a text, as estimated.")
        int textTokens,

        @Setting(
                defaultValue = "truncate",
                description =
                        "What happens to a longer text: truncate (its beginning is embedded) or refuse (the call fails).")
        WhenTooLong whenTooLong,

        @Setting(defaultValue = "0", description = "Maximum number of requests in any minute; 0 for no limit.")
        int requestsPerMinute,

        @Setting(defaultValue = "0", description = "Maximum number of tokens in any minute; 0 for no limit.")
        int tokensPerMinute,

        @Setting(
                defaultValue = "",
                description =
                        "Name of the rate limit; components with the same name share it. Empty for a limit that is not shared.")
        String rateLimit,

        @Setting(defaultValue = "10s", description = "Maximum time to connect to the server.")
        Duration connectTimeout,

        @Setting(defaultValue = "60s", description = "Maximum time from a request to its complete answer.")
        Duration requestTimeout,

        @Setting(
                defaultValue = "20s",
                description = "Maximum time for retries of a transient failure; 0s disables retries. Shorter"
                        + " than a pipeline's batchTimeout, so that the pipeline learns of an outage and waits.")
        Duration maxRetryTime) {
    private static final int LONGEST_VECTOR = 65_536;
    private static final Pattern SECRET =
            Pattern.compile("(?:^|[&;])[^=&;]*(?:key|token|secret|passw|sig)[^=&;]*=", Pattern.CASE_INSENSITIVE);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Validates the values. */
    public OpenAiEmbedderSettings {
        String address = problemOf(endpoint);
        new Problems()
                .require(address.isEmpty(), "endpoint", "%s", address)
                .require(!model.isBlank(), "model", "must name a model")
                .require(
                        dimension >= 0 && dimension <= LONGEST_VECTOR,
                        "dimension",
                        "must be from 0 to %s, was %s",
                        LONGEST_VECTOR,
                        dimension)
                .require(
                        !shortenVectors || dimension > 0,
                        "shortenVectors",
                        "needs a dimension above 0, to which the vectors are shortened")
                .require(
                        apiKey.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f),
                        "apiKey",
                        "must have visible ASCII characters only, without spaces and line ends")
                .require(
                        isHeader(keyHeader),
                        "keyHeader",
                        "must be the name of a header that a client may set, such as Authorization or api-key, was '%s'",
                        keyHeader)
                .require(batchTexts >= 1, "batchTexts", "must be at least 1, was %s", batchTexts)
                .require(batchTokens >= 1, "batchTokens", "must be at least 1, was %s", batchTokens)
                .require(textTokens >= 1, "textTokens", "must be at least 1, was %s", textTokens)
                .require(requestsPerMinute >= 0, "requestsPerMinute", "must be at least 0, was %s", requestsPerMinute)
                .require(tokensPerMinute >= 0, "tokensPerMinute", "must be at least 0, was %s", tokensPerMinute)
                .require(
                        isWithinReason(connectTimeout),
                        "connectTimeout",
                        "must be from 1ms to 36500d, was %s",
                        connectTimeout)
                .require(
                        isWithinReason(requestTimeout),
                        "requestTimeout",
                        "must be from 1ms to 36500d, was %s",
                        requestTimeout)
                .require(
                        !maxRetryTime.isNegative() && maxRetryTime.compareTo(LONGEST) <= 0,
                        "maxRetryTime",
                        "must be from 0s to 36500d, was %s",
                        maxRetryTime)
                .throwIfAny();
    }

    /** Returns the address to which requests are sent. */
    URI address() {
        URI base = URI.create(endpoint.strip());
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + "/embeddings" + query);
    }

    /** Returns the endpoint for messages, without its query, which may contain a key. */
    String shownEndpoint() {
        return endpoint.strip().replaceAll("\\?.*", "");
    }

    private static boolean isHeader(String name) {
        try {
            HttpRequest.newBuilder().header(name, "");
            return true;
        } catch (IllegalArgumentException restricted) {
            return false;
        }
    }

    /** Returns the problem of an endpoint, or an empty text. The message never contains a password of the endpoint. */
    private static String problemOf(String endpoint) {
        URI address;
        try {
            address = URI.create(endpoint.strip());
        } catch (IllegalArgumentException invalid) {
            return "must be an address such as https://api.openai.com/v1";
        }
        if (address.getRawUserInfo() != null) {
            return "must not contain a user or password; use apiKey";
        }
        String query = address.getRawQuery();
        if (query != null && SECRET.matcher(query).find()) {
            return "must not contain a key, token or password in its query, because addresses are printed; use apiKey";
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (address.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            return "must be an address such as https://api.openai.com/v1, was '" + endpoint.replaceAll("\\?.*", "")
                    + "'";
        }
        return address.getRawFragment() == null ? "" : "must not contain a fragment (#)";
    }

    private static boolean isWithinReason(Duration duration) {
        return duration.compareTo(Duration.ofMillis(1)) >= 0 && duration.compareTo(LONGEST) <= 0;
    }
}
