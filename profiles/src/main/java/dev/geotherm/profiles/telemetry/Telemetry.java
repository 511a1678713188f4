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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The telemetry of a platform: samples of its metrics, taken every second or only at the end, as
 * {@link TelemetrySettings} say.
 *
 * <p>Thread-safe. Samples are kept for the configured retention, but at most {@value #MAX_KEPT}:
 * beyond that, every other sample is dropped, so that the samples of a long run still cover it from its start, at
 * longer intervals.
 */
public final class Telemetry implements AutoCloseable {
    static final int MAX_KEPT = 3_600;
    static final String FILE = "telemetry.jsonl";
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final TelemetrySettings settings;
    private final MetricsSampler sampler;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Deque<Sample> kept = new ArrayDeque<>();
    private @Nullable SampleExport export;
    private @Nullable ScheduledTask sampling;
    private @Nullable Sample last;
    private boolean closed;

    /** Creates the telemetry of a platform, which starts and closes it. */
    @Inject
    public Telemetry(TelemetrySettings settings, MetricsSource source, Clock clock, Scheduler scheduler) {
        this.settings = settings;
        this.sampler = new MetricsSampler(source, settings.detail());
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * Starts sampling and, if the settings say so, the export.
     *
     * @param folder the folder of the export file
     * @throws GeothermException if the export file cannot be written
     */
    public synchronized void start(Path folder) {
        if (settings.export()) {
            export = new SampleExport(folder.resolve(FILE), settings);
        }
        if (settings.realTime()) {
            sampling = scheduler.every(INTERVAL, this::sample);
        }
    }

    /** Takes and returns a sample without keeping it; after the platform is closed, returns the last one. */
    public synchronized Sample latest() {
        return closed && last != null ? last : take();
    }

    /** Returns the kept samples, oldest first. */
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

    /** Takes the last sample and ends sampling; the components must still be running. Idempotent. */
    @Override
    public void close() {
        ScheduledTask task = sampling();
        if (task != null) {
            task.cancel(); // waits for a sample in progress, so the lock must be free
        }
        synchronized (this) {
            if (closed) {
                return;
            }
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

    private synchronized @Nullable ScheduledTask sampling() {
        return sampling;
    }

    private Sample take() {
        return new Sample(clock.instant(), sampler.read());
    }
}
