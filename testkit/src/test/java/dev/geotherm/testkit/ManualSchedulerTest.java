package dev.geotherm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ScheduledTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualSchedulerTest {
    private final SettableClock clock = new SettableClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Instant start = clock.instant();
    private final List<String> runs = new ArrayList<>();

    private Runnable run(String name) {
        return () -> runs.add(name + Duration.between(start, clock.instant()).toSeconds());
    }

    @Test
    void advance_runsDueTasksInOrderAtTheirTime() {
        scheduler.every(Duration.ofSeconds(2), run("a"));
        scheduler.after(Duration.ofSeconds(3), run("b"));
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(runs).containsExactly("a2", "b3", "a4");
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(5));
        assertThat(scheduler.scheduled()).isEqualTo(1);
    }

    @Test
    void advance_aTaskMayScheduleAnotherThatIsDue() {
        scheduler.after(Duration.ofSeconds(1), () -> scheduler.after(Duration.ofSeconds(1), run("b")));
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(runs).containsExactly("b2");
    }

    @Test
    void cancel_noRunFollows() {
        ScheduledTask task = scheduler.every(Duration.ofSeconds(1), run("a"));
        scheduler.advance(Duration.ofSeconds(1));
        task.cancel();
        task.cancel();
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(runs).containsExactly("a1");
        assertThat(scheduler.scheduled()).isZero();
    }
}
