package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.engine.StageTimes.Stage;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StageTimesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final StageTimes times = new StageTimes();

    @Test
    void report_hasSharesAndRates() {
        long now = System.nanoTime();
        times.add(Stage.EMBED, now - 300 * SECOND);
        times.addWithout(Stage.SPLIT, now - 150 * SECOND, 50 * SECOND);
        Map<String, StageTime> report = times.report(1_200);
        assertThat(report).containsOnlyKeys("read", "scrub", "split", "embed", "anchors", "index", "state", "commit");
        assertThat(report.get("embed").share()).isCloseTo(0.75, within(0.1));
        assertThat(report.get("split").share()).isCloseTo(0.25, within(0.1));
        assertThat(report.get("embed").perSecond()).isCloseTo(4, within(1.0));
        assertThat(report.get("read")).isEqualTo(new StageTime(0, 0, 0));
    }

    @Test
    void report_withoutAnyTimeHasZeros() {
        assertThat(times.report(0)).allSatisfy((stage, time) -> assertThat(time).isEqualTo(new StageTime(0, 0, 0)));
    }
}
