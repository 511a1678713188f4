package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Rate limits by name: those of a platform, or of this process. Pipelines, evaluators and embedders that name the same limit share it. Safe for use by many
 * threads.
 */
public final class RateLimits {
    private static final RateLimits SHARED = new RateLimits();

    private final LongSupplier nanoTime;
    private final Map<String, RateLimit> limits = new HashMap<>();

    /** Creates limits that follow the system's time. */
    public RateLimits() {
        this(System::nanoTime);
    }

    /**
     * Creates limits that follow another time, for tests.
     *
     * @param nanoTime returns a time in nanoseconds that never goes back
     */
    public RateLimits(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    }

    /** Returns the limits of this process, for everything that is used without a platform; always the same object. */
    public static RateLimits shared() {
        return SHARED;
    }

    /**
     * Returns the limit with a name, always the same one. It limits nothing until a user states rates.
     *
     * @param name the name; if it is empty, the limit is a new one that nobody shares
     */
    public synchronized RateLimit get(String name) {
        return name.isEmpty()
                ? new RateLimit(nanoTime)
                : limits.computeIfAbsent(name, ignored -> new RateLimit(nanoTime));
    }
}
