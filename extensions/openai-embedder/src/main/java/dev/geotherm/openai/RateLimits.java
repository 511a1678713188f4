package dev.geotherm.openai;

import dev.geotherm.api.StackRoom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rate limits of a server: requests and tokens per minute, and the time before which the server wants no request. Safe for use
 * by many threads, which are served in the order of their calls.
 */
final class RateLimits {
    /** A batch has at most this share of a minute's tokens; the pace is lower by as much, so that no minute has too many. */
    private static final double BATCH_SHARE = 0.1;

    /** For the lock, which an overflow of the stack would leave held. */
    private static final int STACK_KILOBYTES = 16;

    private final Pacer requests;
    private final Pacer tokens;
    private final long largestBatch;
    private final Clock clock;
    private final Pause pause;

    /** Held by the thread whose turn is next, while it waits. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private Instant notBefore = Instant.EPOCH;

    /** Creates limits; 0 for none. */
    RateLimits(int requestsPerMinute, int tokensPerMinute, Clock clock, Pause pause) {
        requests = new Pacer(requestsPerMinute == 0 ? Double.POSITIVE_INFINITY : requestsPerMinute);
        tokens = new Pacer(tokensPerMinute == 0 ? Double.POSITIVE_INFINITY : tokensPerMinute * (1 - BATCH_SHARE));
        largestBatch = tokensPerMinute == 0 ? Long.MAX_VALUE : Math.max(1, (long) (tokensPerMinute * BATCH_SHARE));
        this.clock = clock;
        this.pause = pause;
    }

    /** Returns the most tokens that a batch of several texts should have. */
    long largestBatch() {
        return largestBatch;
    }

    /** Waits until a request with an expected number of tokens may be sent; returns how long it waited. */
    Duration acquire(long expectedTokens) throws InterruptedException {
        Instant start = clock.instant();
        StackRoom.require(STACK_KILOBYTES);
        turn.lockInterruptibly();
        try {
            Instant now = clock.instant();
            for (Instant due = due(); due.isAfter(now); due = due()) {
                pause.await(Duration.between(now, due));
                now = clock.instant();
            }
            take(expectedTokens, now);
            return Duration.between(start, now);
        } finally {
            turn.unlock();
        }
    }

    private synchronized Instant due() {
        return latest(notBefore, latest(requests.next(), tokens.next()));
    }

    private synchronized void take(long expectedTokens, Instant now) {
        requests.take(1, now);
        tokens.take(expectedTokens, now);
    }

    /** Corrects the tokens of a request by those that it had. */
    synchronized void correct(long expectedTokens, long actualTokens) {
        tokens.correct(actualTokens - expectedTokens);
    }

    /** Holds every request back until a time. */
    synchronized void holdUntil(Instant time) {
        notBefore = latest(notBefore, time);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
