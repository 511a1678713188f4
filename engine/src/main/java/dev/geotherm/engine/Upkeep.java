package dev.geotherm.engine;

import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The scheduled upkeep, which decays and evicts anchors, commits the state, and refreshes the retriever. */
final class Upkeep implements AutoCloseable {
    private final List<ScheduledTask> tasks = new ArrayList<>();
    private final Clock clock;
    private final StoreGenerations generations;

    /** Schedules the tasks at the intervals in the settings. */
    @Inject
    Upkeep(EngineSettings settings, Scheduler scheduler, Clock clock, StoreGenerations generations) {
        this.clock = clock;
        this.generations = generations;
        schedule(scheduler, settings.anchorInterval(), this::maintainAnchors);
        schedule(scheduler, settings.refreshInterval(), this::refresh);
    }

    private void schedule(Scheduler scheduler, Duration interval, Runnable task) {
        if (!interval.isZero()) {
            tasks.add(scheduler.every(interval, task));
        }
    }

    private void maintainAnchors() {
        generations.current().maintainAnchors(clock.instant());
    }

    private void refresh() {
        generations.current().index().refresh();
    }

    /** Cancels the tasks, and waits for a running one to end. */
    @Override
    public void close() {
        tasks.forEach(ScheduledTask::cancel);
    }
}
