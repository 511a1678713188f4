package dev.geotherm.openai;

import dev.geotherm.api.RateLimit;
import dev.geotherm.openai.RequestFailure.Remedy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread-safe sender of requests that observes the rate limit and retries after transient failures. */
final class RequestSender {
    private static final Logger LOG = LoggerFactory.getLogger(RequestSender.class);

    private final EmbeddingsClient client;
    private final RateLimit limit;
    private final Backoff backoff;
    private final Pause pause;
    private final Clock clock;
    private final RequestMetrics metrics;

    RequestSender(
            EmbeddingsClient client,
            RateLimit limit,
            Backoff backoff,
            Pause pause,
            Clock clock,
            RequestMetrics metrics) {
        this.client = client;
        this.limit = limit;
        this.backoff = backoff;
        this.pause = pause;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Sends texts, with retries, until the server responds with vectors.
     *
     * @param tokens the expected number of tokens
     * @param dimension the length of every vector; 0 for any
     * @param maxRetryTime the time after the first failure during which the request is retried
     */
    EmbeddingAnswer send(List<String> texts, long tokens, int dimension, Duration maxRetryTime)
            throws RequestFailure, InterruptedException {
        Instant end = Instant.MAX;
        for (int failures = 0; ; failures++) {
            metrics.request(failures > 0, limit.acquire(tokens, pause::atMost));
            pause.requireOpen();
            try {
                EmbeddingAnswer answer = client.send(texts, dimension);
                long used = answer.tokens() > 0 ? answer.tokens() : tokens;
                limit.correct(tokens, used);
                metrics.tokens(used);
                return answer;
            } catch (CancellationException closed) {
                throw new IllegalStateException("the embedder is closed", closed);
            } catch (RequestFailure failure) {
                pause.requireOpen();
                if (failure.remedy() != Remedy.REPEAT) {
                    throw failure;
                }
                Instant now = clock.instant();
                end = failures == 0 ? now.plus(maxRetryTime) : end;
                awaitNext(failure, failures, now, end);
            }
        }
    }

    private void awaitNext(RequestFailure failure, int failures, Instant now, Instant end)
            throws RequestFailure, InterruptedException {
        Instant next = now.plus(backoff.delay(failures));
        Instant notBefore = failure.notBefore();
        if (notBefore != null && notBefore.isAfter(next)) {
            next = notBefore;
        }
        if (next.isAfter(end)) {
            String wish = notBefore == null ? "" : "; the server wants no request before " + notBefore;
            throw failure.repeatedEnough(
                    failure.getMessage() + "; not repeated after " + (failures + 1) + " attempts (maxRetryTime)" + wish,
                    notBefore == null ? null : Duration.between(now, notBefore));
        }
        if (notBefore != null) {
            limit.holdFor(Duration.between(now, notBefore));
        }
        Duration delay = Duration.between(now, next);
        if (failures == 0) {
            LOG.warn("{}; repeated in {} ms", failure.getMessage(), delay.toMillis());
        }
        pause.await(delay);
    }
}
