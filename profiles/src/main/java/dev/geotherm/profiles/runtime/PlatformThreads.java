package dev.geotherm.profiles.runtime;

import dev.geotherm.api.ComponentThreads;
import dev.geotherm.api.FailureLog;
import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a platform: those of each component and of code built on the platform, by instance name.
 *
 * <p>Failures of tasks are logged and counted. Thread-safe.
 */
final class PlatformThreads {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformThreads.class);

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Returns the threads of an instance; always the same ones.
     *
     * @throws IllegalStateException if the platform is closed and the instance had no threads
     */
    ComponentThreads of(String instance) {
        Entry entry = entries.computeIfAbsent(instance, name -> {
            if (closed) {
                throw new IllegalStateException("the platform is closed: there are no threads for " + name);
            }
            return new Entry(name);
        });
        if (closed) { // close() may have missed this entry
            entry.threads.close();
        }
        return entry.threads;
    }

    /** Ends the threads of an instance. */
    void close(String instance) {
        Entry entry = entries.get(instance);
        if (entry != null) {
            entry.threads.close();
        }
    }

    /** Ends all threads. */
    void close() {
        closed = true;
        entries.keySet().forEach(this::close);
    }

    Metrics metrics() {
        Map<String, InstanceMetrics> all = new TreeMap<>();
        entries.forEach((instance, entry) ->
                all.put(instance, new InstanceMetrics(entry.threads.alive(), entry.failures.get())));
        return new Metrics(all);
    }

    private static final class Entry {
        private final AtomicLong failures = new AtomicLong();

        /** A log for each kind of failure, so that a repeated failure does not hide another. */
        private final Map<String, FailureLog> logs = new ConcurrentHashMap<>();

        private final ComponentThreads threads;

        Entry(String instance) {
            threads = new ComponentThreads(instance, (thread, failure) -> {
                failures.incrementAndGet();
                logs.computeIfAbsent(
                                failure.getClass().getName(),
                                kind -> new FailureLog("a task of " + instance + " failed", LOG::error))
                        .failed(failure);
            });
        }
    }

    /** The metrics of the platform itself. */
    record Metrics(Map<String, InstanceMetrics> instances) {}

    /** The threads of one instance. */
    record InstanceMetrics(
            @Metric(type = MetricType.GAUGE, unit = "threads", description = "Live threads, including virtual ones")
            int threads,

            @Metric(type = MetricType.COUNTER, unit = "tasks", description = "Tasks that failed with an exception")
            long failedTasks) {}
}
