package dev.geotherm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.testkit.RandomCases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rate limits, on a clock that the waits advance. */
final class RateLimitTest extends EmbedderOnFakeServer {

    @Test
    void requests_areSpacedEvenly() {
        Embedder embedder = open("requestsPerMinute", "30", "batchTexts", "1");
        embed(embedder, texts(4));
        assertThat(scheduler.waits)
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
        assertThat(embedder.metrics().limitTime().count()).isEqualTo(4);
        assertThat(embedder.metrics().limitTime().max()).isBetween(1.9, 2.1);
    }

    @Test
    void requests_afterAPauseDoNotWait() {
        Embedder embedder = open("requestsPerMinute", "30");
        embed(embedder, texts(1));
        scheduler.clock.advance(Duration.ofSeconds(2));
        embed(embedder, texts(1));
        assertThat(scheduler.waits).isEmpty();
    }

    @Test
    void requests_repeatedOnesCount() {
        server.nextStatus(500);
        embed(open("requestsPerMinute", "6"), texts(1));
        Duration waited = scheduler.waits.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(waited).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void tokens_areCorrectedByTheServersCount() {
        server.nextBody("{\"data\":[{\"embedding\":[1,0]}],\"usage\":{\"prompt_tokens\":900}}")
                .nextBody("{\"data\":[{\"embedding\":[1,0]}],\"usage\":{\"prompt_tokens\":1}}");
        Embedder embedder = open("tokensPerMinute", "1000", "dimension", "2");
        embed(embedder, texts(1));
        embed(embedder, texts(1));
        assertThat(scheduler.waits).hasSize(1);
        assertThat(scheduler.waits.get(0)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
    }

    @Test
    void tokens_aBatchHasAtMostATenthOfAMinutes() {
        int each = TokenEstimate.of("text number 1");
        embed(open("tokensPerMinute", String.valueOf(each * 20)), texts(4));
        assertThat(server.received().get(0).texts()).hasSize(2);
    }

    @Test
    void retryAfter_holdsEveryRequestBack() throws InterruptedException {
        Pause pause = new Pause(scheduler);
        RateLimits limits = new RateLimits(0, 0, scheduler.clock, pause);
        limits.holdUntil(scheduler.clock.instant().plusSeconds(30));
        assertThat(limits.acquire(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.acquire(1)).isZero();
    }

    @Test
    void noMinuteHasMoreThanTheLimits() {
        RandomCases.run(50, random -> {
            AdvancingScheduler time = new AdvancingScheduler();
            int perMinute = 1 + random.nextInt(100);
            int tokensPerMinute = 10 + random.nextInt(100_000);
            RateLimits limits = new RateLimits(perMinute, tokensPerMinute, time.clock, new Pause(time));
            List<Instant> times = new ArrayList<>();
            List<Integer> tokens = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int amount = 1 + random.nextInt((int) limits.largestBatch());
                limits.acquire(amount);
                times.add(time.clock.instant());
                tokens.add(amount);
                time.clock.advance(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(20_000) : 0));
            }
            for (int start = 0; start < times.size(); start++) {
                Instant end = times.get(start).plusSeconds(60);
                long sum = 0;
                int count = 0;
                for (int i = start; i < times.size() && times.get(i).isBefore(end); i++) {
                    sum += tokens.get(i);
                    count++;
                }
                assertThat(count).isLessThanOrEqualTo(perMinute);
                assertThat(sum).isLessThanOrEqualTo(tokensPerMinute);
            }
        });
    }
}
