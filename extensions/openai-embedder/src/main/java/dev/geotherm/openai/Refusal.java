package dev.geotherm.openai;

import dev.geotherm.openai.RequestFailure.Remedy;
import java.util.Locale;
import java.util.regex.Pattern;

/** The meaning of an unsuccessful response, derived from its status and the messages of known servers. */
final class Refusal {
    /**
     * The messages of servers for too large texts or batches, such as "maximum context length" (OpenAI, vLLM), "input length
     * exceeds" (Ollama), "too large to process" (llama.cpp, with status 500), "array too long" (OpenAI).
     */
    private static final Pattern TOO_LARGE = Pattern.compile(
            "too (large|long|many|big)|maximum|exceed|context.?length|max(imum)? .*tokens|must have less");

    private static final Pattern QUOTA = Pattern.compile("insufficient.?quota|exceeded your current quota|billing");

    private Refusal() {}

    /** Returns the remedy for a status and a response body. */
    static Remedy remedy(int status, String body) {
        String text = body.toLowerCase(Locale.ROOT);
        if (status == 413 || (isAboutTheInput(status) && TOO_LARGE.matcher(text).find())) {
            return Remedy.SPLIT;
        }
        return isPassing(status) && !isQuota(status, text) ? Remedy.REPEAT : Remedy.NONE;
    }

    /** Returns the meaning of a status for the user; empty if only the server's message explains it. */
    static String meaning(int status, String body) {
        if (isQuota(status, body.toLowerCase(Locale.ROOT))) {
            return "the quota is used up; check the account";
        }
        return switch (status) {
            case 401, 403 -> "the key is missing or not valid; set apiKey";
            case 404 -> "there is no such model or address; check model and endpoint";
            case 413 -> "the request is too large; set batchTexts, batchTokens or textTokens lower";
            case 429 -> "the rate limit is exceeded; set requestsPerMinute and tokensPerMinute to the account's limits";
            case 503 -> "the server is overloaded or starting";
            default -> status >= 300 && status < 400 ? "the server redirects; set endpoint to the new address" : "";
        };
    }

    private static boolean isAboutTheInput(int status) {
        return status == 400 || status == 422 || status == 500;
    }

    private static boolean isQuota(int status, String text) {
        return status == 402 || (status == 429 && QUOTA.matcher(text).find());
    }

    private static boolean isPassing(int status) {
        return switch (status) {
            case 408, 409, 425, 429 -> true;
            case 501, 505 -> false;
            default -> status >= 500;
        };
    }
}
