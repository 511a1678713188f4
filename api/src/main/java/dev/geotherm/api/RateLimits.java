package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A registry of rate limits by name, of a platform or of this process. Pipelines, evaluators and embedders that name
 * the same limit share it. Thread-safe.
 */
public final class RateLimits {
    private static final RateLimits SHARED = new RateLimits();

    private final LongSupplier nanoTime;
    private final Map<String, RateLimit> limits = new HashMap<>();

    /** Creates a registry that uses {@link System#nanoTime}. */
    public RateLimits() {
        this(System::nanoTime);
    }

    /**
     * Creates a registry that uses another source of time, for tests.
     *
     * @param nanoTime returns a monotonic time in nanoseconds
     */
    public RateLimits(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    }

    /** Returns the registry of this process, for components without a platform; always the same object. */
    public static RateLimits shared() {
        return SHARED;
    }

    /**
     * Returns the limit with the given name; always the same one. It limits nothing until a user declares rates.
     *
     * @param name the name; if it is empty, returns a new limit that is not shared
     */
    public synchronized RateLimit get(String name) {
        return name.isEmpty()
                ? new RateLimit(nanoTime)
                : limits.computeIfAbsent(name, ignored -> new RateLimit(nanoTime));
    }
}
