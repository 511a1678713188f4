package dev.geotherm.profiles.telemetry;

import dev.geotherm.api.Component;
import dev.geotherm.api.kind.ComponentKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    private final TelemetrySettings settings;
    private final Map<ComponentKind, Component> components;
    private final Clock clock;
    private final @Nullable SampleFile export;
    private final @Nullable ScheduledExecutorService sampler;
    private final Map<ComponentKind, String> reported = new EnumMap<>(ComponentKind.class);
    private final Deque<Sample> kept = new ArrayDeque<>();
    private @Nullable Sample last;
    private boolean closed;

    /** Creates the telemetry of a platform; for the platform, which closes it. */
    public Telemetry(
            TelemetrySettings settings, Map<ComponentKind, Component> components, Path workDirectory, Clock clock) {
        this.settings = settings;
        this.components = components;
        this.clock = clock;
        this.export = settings.export() ? new SampleFile(workDirectory.resolve(FILE)) : null;
        this.sampler = settings.realTime() ? Executors.newSingleThreadScheduledExecutor(Telemetry::thread) : null;
    }

    /** Starts sampling, if the settings ask for it. */
    public void start() {
        if (sampler != null) {
            var unused = sampler.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
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
        if (sampler != null) {
            sampler.shutdownNow();
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

    private Sample take() {
        Map<String, Number> figures = new TreeMap<>();
        components.forEach((kind, component) -> {
            try {
                figures.putAll(Figures.of(kind.section(), component.metrics(), settings.detail()));
                reported.remove(kind);
            } catch (RuntimeException | LinkageError failed) {
                // One component without figures must not take those of the others away, nor fill the log each second.
                if (!failed.toString().equals(reported.put(kind, failed.toString()))) {
                    LOG.warn("Samples are without figures of {}, whose metrics fail", kind.section(), failed);
                }
            }
        });
        return new Sample(clock.instant(), figures);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "geotherm-telemetry-sampler");
        thread.setDaemon(true);
        return thread;
    }
}
