package dev.geotherm.profiles.telemetry;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples of what the components of a platform do, taken each second or at the end only, as the profile's
 * {@link TelemetrySettings} say.
 *
 * <p>Safe for use by many threads. Samples are kept for as long as the settings say, but never more than
 * {@value #MAX_KEPT}: beyond that every second one of those kept is dropped, so that a long run stays covered from its
 * beginning, more coarsely.
 */
public final class Telemetry implements AutoCloseable {
    static final int MAX_KEPT = 3_600;
    static final String FILE = "telemetry.jsonl";
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final TelemetrySettings settings;
    private final MetricsSource source;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Map<String, String> reported = new HashMap<>();
    private final Deque<Sample> kept = new ArrayDeque<>();
    private @Nullable SampleFile export;
    private @Nullable ScheduledTask sampler;
    private @Nullable Sample last;
    private boolean closed;

    /** Creates the telemetry of a platform, which starts and closes it. */
    @Inject
    Telemetry(TelemetrySettings settings, MetricsSource source, Clock clock, Scheduler scheduler) {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * Starts sampling, and the export, as the settings say.
     *
     * @param folder where the export file lies
     * @throws GeothermException if the export file cannot be written
     */
    public synchronized void start(Path folder) {
        if (settings.export()) {
            export = new SampleFile(folder.resolve(FILE));
        }
        if (settings.realTime()) {
            sampler = scheduler.every(INTERVAL, this::sample);
        }
    }

    /** Returns a sample of this moment, or, once the platform is closed, the one that was taken last; it is not kept. */
    public synchronized Sample latest() {
        return closed && last != null ? last : take();
    }

    /** Returns the samples that are kept, oldest first. */
    public synchronized List<Sample> samples() {
        return List.copyOf(kept);
    }

    /** Takes a sample and keeps it. */
    synchronized void sample() {
        if (closed) {
            return;
        }
        last = take();
        kept.addLast(last);
        if (export != null) {
            export.append(last);
        }
        Instant oldest = clock.instant().minus(settings.retention());
        while (!kept.isEmpty() && kept.getFirst().time().isBefore(oldest)) {
            kept.removeFirst();
        }
        if (kept.size() > MAX_KEPT) {
            List<Sample> all = new ArrayList<>(kept);
            kept.clear();
            for (int i = 1 - all.size() % 2; i < all.size(); i += 2) { // the newest stays
                kept.addLast(all.get(i));
            }
        }
    }

    /** Takes the last sample and ends sampling; the components must still be running. */
    @Override
    public void close() {
        ScheduledTask sampling = sampler();
        if (sampling != null) {
            sampling.cancel(); // waits for a sample in progress, so the lock must be free
        }
        synchronized (this) {
            try {
                sample();
            } finally {
                closed = true;
                if (export != null) {
                    export.close();
                }
            }
        }
    }

    private synchronized @Nullable ScheduledTask sampler() {
        return sampler;
    }

    private Sample take() {
        Map<String, Number> figures = new TreeMap<>();
        source.metrics().forEach((section, metrics) -> {
            try {
                figures.putAll(Figures.of(section, metrics.get(), settings.detail()));
                reported.remove(section);
            } catch (RuntimeException | LinkageError failed) {
                // One component without metrics must not take those of the others away, nor fill the log each second.
                if (!failed.toString().equals(reported.put(section, failed.toString()))) {
                    LOG.warn("Samples are without the metrics of {}, which fail", section, failed);
                }
            }
        });
        return new Sample(clock.instant(), figures);
    }
}
