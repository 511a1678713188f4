package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.metrics.Metrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A registry of the named instances of one component: its open pools, pipelines, states or caches. It refuses a name
 * that is in use, and keeps the counters of closed instances, so that counters never decrease.
 *
 * <p>Thread-safe; no lock is held while an instance is created or its metrics are read. The metrics of
 * the {@value #MAX_CLOSED} names closed last are kept under their names; those of names closed earlier are summed under
 * {@value #OTHERS}.
 *
 * <p>The metrics of a closed instance may still change, for example while borrowers hold objects of a closed pool. The
 * registry reads them until they are final, and keeps up to {@value #MAX_DRAINING} such instances: when more are closed,
 * it keeps the metrics that the oldest has then.
 *
 * @param <T> the type of the instances
 * @param <M> the type of their metrics
 */
public final class NamedInstances<T, M extends Record> {
    private static final int MAX_CLOSED = 256;
    private static final int MAX_DRAINING = 64;
    private static final String OTHERS = "(others)";

    /**
     * The stack space for opening an instance, class initialization included: a class stays unusable if an overflow
     * interrupts its initialization.
     */
    private static final int STACK_KILOBYTES = 64;

    private final String noun;
    private final Function<? super T, M> metrics;
    private final Consumer<? super T> closer;
    private final Predicate<? super T> isDrained;
    private final Map<String, @Nullable T> open = new LinkedHashMap<>();
    private final Map<String, M> closedMetrics = new LinkedHashMap<>();

    /** The closed instances that are not in {@link #closedMetrics} yet, in the order in which they were closed. */
    private final List<Draining<T>> draining = new ArrayList<>();

    private long opened;
    private long closed;
    private volatile boolean ended;

    /** A closed instance with metrics that may still change. */
    private record Draining<T>(String name, T instance) {}

    /**
     * Creates an empty registry of instances with metrics that are final when they are closed.
     *
     * @param noun the noun for an instance in messages, such as {@code pool}
     * @param metrics returns the metrics of an instance, even after it is closed
     * @param closer closes an instance, which then calls {@link #closed(String, Object)}
     */
    public NamedInstances(String noun, Function<? super T, M> metrics, Consumer<? super T> closer) {
        this(noun, metrics, closer, instance -> true);
    }

    /**
     * Creates an empty registry.
     *
     * @param noun the noun for an instance in messages, such as {@code pool}
     * @param metrics returns the metrics of an instance, even after it is closed
     * @param closer closes an instance, which then calls {@link #closed(String, Object)}
     * @param isDrained returns whether the metrics of a closed instance no longer change
     */
    public NamedInstances(
            String noun, Function<? super T, M> metrics, Consumer<? super T> closer, Predicate<? super T> isDrained) {
        this.isDrained = requireNonNull(isDrained, "isDrained");
        this.noun = requireNonNull(noun, "noun");
        this.metrics = requireNonNull(metrics, "metrics");
        this.closer = requireNonNull(closer, "closer");
    }

    /**
     * Creates an instance and registers it.
     *
     * @throws IllegalArgumentException if an instance of this name is open
     * @throws IllegalStateException if the component is closed
     * @throws StackOverflowError if less than {@value #STACK_KILOBYTES} KiB of the stack are left; nothing has changed
     *     then
     */
    public <U extends T> U open(String name, Supplier<U> maker) {
        StackRoom.require(STACK_KILOBYTES);
        synchronized (this) {
            requireOpen();
            if (open.containsKey(requireNonNull(name, "name"))) {
                throw new IllegalArgumentException(
                        "a " + noun + " named '" + name + "' is already open: close it first, or choose another name");
            }
            open.put(name, null); // reserved
        }
        U made = null;
        try {
            made = requireNonNull(maker.get());
        } finally {
            synchronized (this) {
                if (made == null) {
                    open.remove(name);
                } else {
                    open.put(name, made);
                    opened++;
                }
            }
        }
        if (ended) { // close() has missed this instance
            closer.accept(made);
        }
        requireOpen();
        return made;
    }

    /**
     * Creates an instance, registers it and completes it. If the completion throws, the instance is closed and its name
     * is free again.
     *
     * @throws IllegalArgumentException if an instance of this name is open
     * @throws IllegalStateException if the component is closed
     */
    public <U extends T> U open(String name, Supplier<U> maker, Consumer<? super U> completion) {
        U made = open(name, maker);
        boolean complete = false;
        try {
            completion.accept(made);
            complete = true;
            return made;
        } finally {
            if (!complete) {
                closer.accept(made);
            }
        }
    }

    /** Throws if the component is closed. */
    public synchronized void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the " + noun + "s are closed");
        }
    }

    /**
     * Removes a closed instance and keeps its metrics; does nothing if it is not registered.
     *
     * @return whether it was registered
     */
    public boolean closed(String name, T instance) {
        for (Draining<T> oldest = surplus(); oldest != null; oldest = surplus()) {
            keep(oldest, metrics.apply(oldest.instance()));
        }
        boolean drained = isDrained.test(instance); // before its metrics are read, which are the last ones then
        M last = metrics.apply(instance);
        synchronized (this) {
            if (!open.remove(name, instance)) {
                return false;
            }
            closed++;
            Draining<T> closing = new Draining<>(name, instance);
            boolean isOnly = draining.stream().noneMatch(each -> each.name().equals(name));
            draining.add(closing);
            if (isOnly && drained) {
                keep(closing, last);
            }
            return true;
        }
    }

    private synchronized @Nullable Draining<T> surplus() {
        return draining.size() < MAX_DRAINING ? null : draining.get(0);
    }

    /** Keeps the last metrics of a closed instance instead of the instance; does nothing if that has happened. */
    private synchronized void keep(Draining<T> closing, M last) {
        if (!draining.contains(closing)) {
            return;
        }
        M earlier = closedMetrics.get(closing.name());
        M total = earlier == null ? last : Metrics.sum(earlier, last); // before any change: the stack may end
        draining.remove(closing);
        closedMetrics.remove(closing.name()); // so that the name becomes the newest
        closedMetrics.put(closing.name(), total);
        if (closedMetrics.size() > MAX_CLOSED) {
            String oldest = closedMetrics.keySet().stream()
                    .filter(each -> !each.equals(OTHERS))
                    .findFirst()
                    .orElseThrow();
            closedMetrics.merge(OTHERS, requireNonNull(closedMetrics.remove(oldest)), Metrics::sum);
        }
    }

    /** Returns the open instances, in the order in which they were opened. */
    public synchronized List<T> list() {
        List<T> made = new ArrayList<>();
        open.values().forEach(instance -> {
            if (instance != null) {
                made.add(instance);
            }
        });
        return made;
    }

    /** Returns the closed instances with metrics that may still change, in the order in which they were closed. */
    public synchronized List<T> draining() {
        return draining.stream().map(Draining::instance).toList();
    }

    /** Returns the metrics by name: counters cover all instances of a name, gauges only the last one. */
    public Map<String, M> metrics() {
        Map<String, T> now = new LinkedHashMap<>();
        List<Draining<T>> closing;
        Map<String, M> all;
        synchronized (this) {
            all = new TreeMap<>(closedMetrics);
            closing = List.copyOf(draining);
            open.forEach((name, instance) -> {
                if (instance != null) {
                    now.put(name, instance);
                }
            });
        }
        Set<String> unfinished = new HashSet<>(); // by name in order of closing, because the last gauges count
        for (Draining<T> each : closing) {
            boolean drained = isDrained.test(each.instance());
            M last = metrics.apply(each.instance());
            all.merge(each.name(), last, Metrics::sum);
            if (!drained) {
                unfinished.add(each.name());
            } else if (!unfinished.contains(each.name())) {
                keep(each, last);
            }
        }
        now.forEach((name, instance) -> all.merge(name, metrics.apply(instance), Metrics::sum));
        return Collections.unmodifiableMap(all);
    }

    /** Returns the number of instances opened so far. */
    public synchronized long opened() {
        return opened;
    }

    /** Returns the number of instances closed so far. */
    public synchronized long closed() {
        return closed;
    }

    /**
     * Refuses new instances and closes the open ones in reverse order of opening, each even if others fail to close.
     * Idempotent.
     *
     * @throws RuntimeException the first exception or {@link Error} of an instance that fails to close; later ones are
     *     added to it as suppressed
     */
    public void close() {
        List<T> left;
        synchronized (this) {
            ended = true;
            left = list();
        }
        Collections.reverse(left);
        Throwable first = null;
        for (T instance : left) {
            try {
                closer.accept(instance);
            } catch (RuntimeException | Error failed) {
                if (first == null) {
                    first = failed;
                } else if (first != failed) {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first instanceof Error error) {
            throw error;
        } else if (first != null) {
            throw (RuntimeException) first;
        }
    }
}
