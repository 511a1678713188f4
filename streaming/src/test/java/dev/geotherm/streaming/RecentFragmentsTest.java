package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.streaming.RecentFragments.Key;
import dev.geotherm.streaming.RecentFragments.Original;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentFragmentsTest {
    private static final Instant SOON = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong now = new AtomicLong();
    private final RecentFragments recent = new RecentFragments(Duration.ofSeconds(10), 3, now::get);

    private static Original fragment(String id, @Nullable Instant deadline) {
        return new Original(new Key(id, "hash"), deadline);
    }

    private Original accepted(String id, @Nullable Instant deadline) {
        Original added = fragment(id, deadline);
        assertThat(recent.addOrFind(added)).isNull();
        recent.accepted(added, new CompletableFuture<>());
        return added;
    }

    private boolean isKnown(String id) {
        return recent.addOrFind(fragment(id, null)) != null;
    }

    @Test
    void window_beginsWithAcceptance() {
        Original waiting = fragment("a", null);
        assertThat(recent.addOrFind(waiting)).isNull();
        now.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertThat(isKnown("a")).isTrue(); // it is still being put
        recent.accepted(waiting, new CompletableFuture<>());
        now.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
        assertThat(isKnown("a")).isTrue();
        now.incrementAndGet();
        assertThat(isKnown("a")).isFalse();
    }

    @Test
    void remembered_isAMaximumAfterManyWereAddedAtOnce() {
        Original[] waiting = new Original[100];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = fragment("w" + i, null);
            assertThat(recent.addOrFind(waiting[i])).isNull();
        }
        for (Original each : waiting) {
            recent.accepted(each, new CompletableFuture<>());
        }
        accepted("last", null);
        assertThat(isKnown("w98")).isTrue();
        assertThat(isKnown("w99")).isTrue();
        assertThat(isKnown("w97")).isFalse();
    }

    @Test
    void original_thatCanExpireHasNoDuplicateThatCannot() {
        accepted("a", SOON);
        assertThat(recent.addOrFind(fragment("a", SOON.minusSeconds(1)))).isNotNull();
        assertThat(recent.addOrFind(fragment("a", SOON))).isNotNull();
        assertThat(recent.addOrFind(fragment("a", SOON.plusSeconds(1)))).isNull();

        Original processed = fragment("b", SOON);
        assertThat(recent.addOrFind(processed)).isNull();
        recent.accepted(processed, CompletableFuture.completedFuture(new Outcome.Processed(1)));
        assertThat(recent.addOrFind(fragment("b", null))).isSameAs(processed);
    }
}
