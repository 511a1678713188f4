package dev.geotherm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.Embedder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rate limits, on a clock that the waits advance. */
final class RateLimitTest extends EmbedderOnFakeServer {

    @Test
    void requests_areSpacedEvenly() {
        Embedder embedder = open("requestsPerMinute", "30", "batchTexts", "1");
        embed(embedder, texts(4));
        assertThat(scheduler.waits)
                .hasSize(3)
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMillis(2083), Duration.ofMillis(2084)));
        assertThat(embedder.metrics().limitTime().count()).isEqualTo(4);
        assertThat(embedder.metrics().limitTime().max()).isBetween(2.0, 2.2);
    }

    @Test
    void requests_afterAPauseDoNotWait() {
        Embedder embedder = open("requestsPerMinute", "30");
        embed(embedder, texts(1));
        scheduler.clock.advance(Duration.ofMillis(2100));
        embed(embedder, texts(1));
        assertThat(scheduler.waits).isEmpty();
    }

    @Test
    void requests_repeatedOnesCount() {
        server.nextStatus(500);
        embed(open("requestsPerMinute", "6"), texts(1));
        Duration waited = scheduler.waits.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(waited).isBetween(Duration.ofMillis(10_400), Duration.ofMillis(10_500));
    }

    @Test
    void tokens_areCorrectedByTheServersCount() {
        server.nextBody("{\"data\":[{\"embedding\":[1,0]}],\"usage\":{\"prompt_tokens\":9000}}")
                .nextBody("{\"data\":[{\"embedding\":[1,0]}],\"usage\":{\"prompt_tokens\":1}}");
        Embedder embedder = open("tokensPerMinute", "10000", "dimension", "2");
        embed(embedder, texts(1));
        embed(embedder, texts(1));
        assertThat(scheduler.waits).hasSize(1);
        assertThat(scheduler.waits.get(0)).isBetween(Duration.ofSeconds(56), Duration.ofSeconds(57));
    }

    @Test
    void tokens_aBatchHasAtMostTwoHundredthsOfAMinutes() {
        int each = TokenEstimate.of("text number 1");
        embed(open("tokensPerMinute", String.valueOf(each * 110)), texts(4));
        assertThat(server.received().get(0).texts()).hasSize(2);
    }

    @Test
    void rateLimit_isSharedByName() {
        Embedder one = open("requestsPerMinute", "30", "rateLimit", "shared");
        Embedder other = open("rateLimit", "shared");
        embed(one, texts(1));
        embed(other, texts(1));
        assertThat(scheduler.waits).hasSize(1);
    }

    @Test
    void rateLimit_ofClosedEmbedderDoesNotApply() {
        open("requestsPerMinute", "30", "rateLimit", "left").close();
        embed(open("rateLimit", "left", "batchTexts", "1"), texts(2));
        assertThat(scheduler.waits).isEmpty();
    }

    @Test
    void rateLimit_heldByAnotherUserHoldsRequests() {
        scheduler.limits.get("held").holdFor(Duration.ofSeconds(30));
        embed(open("rateLimit", "held"), texts(1));
        assertThat(scheduler.waits).containsExactly(Duration.ofSeconds(30));
    }
}
