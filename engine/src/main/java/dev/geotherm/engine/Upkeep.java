package dev.geotherm.engine;

import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.PassageIndex;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The scheduled upkeep: lets anchors decay and evicts them, commits the state, and refreshes the passage index. */
final class Upkeep implements AutoCloseable {
    private final List<ScheduledTask> tasks = new ArrayList<>();
    private final AnchorStore anchors;
    private final DeltaLog deltas;

    /** Schedules the tasks at the intervals in the settings. */
    @Inject
    Upkeep(UpkeepSettings settings, Scheduler scheduler, AnchorStore anchors, PassageIndex index, DeltaLog deltas) {
        this.anchors = anchors;
        this.deltas = deltas;
        schedule(scheduler, settings.anchorInterval(), this::maintainAnchors);
        schedule(scheduler, settings.refreshInterval(), index::refresh);
    }

    private void schedule(Scheduler scheduler, Duration interval, Runnable task) {
        if (!interval.isZero()) {
            tasks.add(scheduler.every(interval, task));
        }
    }

    private void maintainAnchors() {
        anchors.decay();
        anchors.evict();
        deltas.append(anchors::commit);
    }

    /** Cancels the tasks; waits for a running one to end. */
    @Override
    public void close() {
        tasks.forEach(ScheduledTask::cancel);
    }
}
