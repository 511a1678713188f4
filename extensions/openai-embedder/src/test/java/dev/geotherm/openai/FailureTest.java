package dev.geotherm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.anchor.Embedder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures: which requests are repeated, when, and what the user reads. */
@Timeout(60)
final class FailureTest extends EmbedderOnFakeServer {

    private ThrowableAssertAlternative<GeothermException> fails(Embedder embedder) {
        return assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> embed(embedder, texts(2)))
                .withMessageContainingAll("'words'", server.endpoint());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 529})
    void request_isRepeatedAfterAPassingFailure(int status) {
        server.nextStatus(status);
        Embedder embedder = open();
        assertOwnVectors(texts(2), embed(embedder, texts(2)));
        assertThat(server.received()).hasSize(2);
        assertThat(embedder.metrics().requests()).isEqualTo(2);
        assertThat(embedder.metrics().retried()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 422, 501, 302})
    void request_isNotRepeatedAfterALastingFailure(int status) {
        server.nextStatus(status);
        fails(open()).withMessageContainingAll("answered " + status, "scripted");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void backoff_doublesFromHalfASecondToHalfAMinute() {
        for (int i = 0; i < 9; i++) {
            server.nextStatus(500);
        }
        embed(open("maxRetryTime", "10m"), texts(1));
        assertThat(scheduler.waits.stream().map(Duration::toMillis))
                .containsExactly(375L, 750L, 1500L, 3000L, 6000L, 12_000L, 22_500L, 22_500L, 22_500L);
    }

    @Test
    void backoff_endsAfterMaxRetryTime() {
        for (int i = 0; i < 9; i++) {
            server.nextStatus(500);
        }
        fails(open("maxRetryTime", "5s")).withMessageContaining("not repeated after 4 attempts (maxRetryTime)");
        assertThat(server.received()).hasSize(4);
    }

    @Test
    void backoff_zeroDoesNotRepeat() {
        server.nextStatus(500);
        fails(open("maxRetryTime", "0s")).withMessageContaining("not repeated after 1 attempts");
    }

    @Test
    void backoff_atItsEndSaysThatTheServerIsUnavailable() {
        server.nextStatus(429, "", Map.of("Retry-After", "17"));
        fails(open("maxRetryTime", "5s"))
                .satisfies(failure -> assertThat(((UnavailableException) failure).retryAfter())
                        .contains(Duration.ofSeconds(17)));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void retryAfter_secondsAreHonoured(int status) {
        server.nextStatus(status, "", Map.of("Retry-After", "17"));
        assertOwnVectors(texts(2), embed(open(), texts(2)));
        assertThat(scheduler.waits).containsExactly(Duration.ofSeconds(17));
    }

    @Test
    void retryAfter_dateIsHonoured() {
        server.nextStatus(429, "", Map.of("Retry-After", "Thu, 01 Jan 2026 12:00:15 GMT"));
        assertOwnVectors(texts(2), embed(open(), texts(2)));
        assertThat(scheduler.waits).containsExactly(Duration.ofSeconds(15));
    }

    @Test
    void retryAfter_beyondMaxRetryTimeFailsAtOnce() {
        server.nextStatus(429, "", Map.of("Retry-After", "3600"));
        fails(open()).withMessageContainingAll("rate limit", "no request before 2026-01-01T13:00:00Z");
        assertThat(scheduler.waits).isEmpty();
    }

    @Test
    void retryAfter_otherValuesAreIgnored() {
        server.nextStatus(429, "", Map.of("Retry-After", "soon"));
        assertOwnVectors(texts(2), embed(open(), texts(2)));
        assertThat(scheduler.waits).containsExactly(Duration.ofMillis(375));
    }

    @Test
    void message_namesKey() {
        server.nextStatus(401);
        fails(open()).withMessageContaining("set apiKey");
    }

    @Test
    void message_namesModel() {
        server.nextStatus(404);
        fails(open()).withMessageContaining("check model and endpoint");
    }

    @Test
    void message_namesQuota_andTheRequestIsNotRepeated() {
        server.nextStatus(429, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"no money\"}}", Map.of());
        fails(open()).withMessageContainingAll("quota is used up", "no money");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void message_neverContainsTheKey() {
        String key = "sk-do-not-print";
        server.nextStatus(401, "{\"error\":{\"message\":\"wrong key " + key + "\"}}", Map.of());
        fails(open("apiKey", key)).withMessageContaining("wrong key ***").withMessageNotContaining(key);
        server.nextStatus(500, "<html>Bearer " + key + "</html>", Map.of());
        fails(open("apiKey", key, "maxRetryTime", "0s")).withMessageNotContaining(key);
    }

    @Test
    void message_neverContainsTheQueryOfTheEndpoint() {
        server.nextStatus(401);
        fails(open("endpoint", server.endpoint() + "?v=secret")).withMessageNotContaining("secret");
    }

    @Test
    void message_isShort() {
        server.nextStatus(400, "word\n".repeat(1000), Map.of());
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> embed(open(), texts(1)))
                .satisfies(failure ->
                        assertThat(failure.getMessage()).hasSizeLessThan(600).doesNotContain("\n"));
    }

    @Test
    void connection_brokenByTheServerIsRepeated() {
        server.next(exchange -> exchange.close());
        assertOwnVectors(texts(2), embed(open(), texts(2)));
        assertThat(server.received()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void connection_answerCutShortIsRepeated() {
        server.next(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
        });
        assertOwnVectors(texts(2), embed(open(), texts(2)));
    }

    @Test
    void connection_refusedIsNamed() {
        Embedder embedder = open("maxRetryTime", "2s");
        server.close();
        fails(embedder).withMessageContainingAll("cannot be reached", "is the server running?", "not repeated after");
    }

    @Test
    void requestTimeout_isNamed() {
        CountDownLatch end = new CountDownLatch(1);
        server.next(exchange -> await(end));
        Embedder embedder = open("requestTimeout", "50ms", "maxRetryTime", "0s");
        fails(embedder).withMessageContaining("requestTimeout 50 ms");
        end.countDown();
    }

    @Test
    void create_withoutServerFailsWithoutLongWait() {
        server.close();
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open("dimension", "0"))
                .withMessageContaining("cannot be reached");
        assertThat(scheduler.waits.stream().reduce(Duration.ZERO, Duration::plus))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void close_endsARunningRequest() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        server.next(exchange -> {
            arrived.countDown();
            await(end);
        });
        Embedder embedder = open();
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> embed(embedder, texts(1)));
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        embedder.close();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(call::join)
                .withCauseInstanceOf(IllegalStateException.class);
        end.countDown();
    }

    @Test
    void interrupt_endsARunningRequest() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Embedder embedder = open();
        Thread caller = Thread.currentThread();
        server.next(exchange -> {
            caller.interrupt();
            await(end);
        });
        fails(embedder).withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();
    }

    @Test
    void close_refusesLaterCalls() {
        Embedder embedder = open();
        embedder.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> embed(embedder, List.of("a")))
                .withMessage("the embedder is closed");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
