package dev.geotherm.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

    enum Level {
        LOW,
        VERY_HIGH
    }

    record Queue(
            @Metric(type = MetricType.COUNTER, unit = "items", description = "accepted items")
            long accepted,

            @Metric(type = MetricType.COUNTER, unit = "seconds", description = "time spent waiting")
            Duration waited,

            @Metric(type = MetricType.GAUGE, description = "the level")
            Level level,

            @Metric(type = MetricType.GAUGE, description = "whether it is open")
            boolean open,

            @Metric(type = MetricType.DISTRIBUTION, unit = "seconds", description = "time of a batch")
            Distribution batchTime) {}

    record Disk(
            @Metric(type = MetricType.GAUGE, unit = "bytes", description = "bytes on disk")
            double bytes) {}

    record All(
            Map<String, Queue> queues,
            Disk disk,

            @Metric(type = MetricType.COUNTER, unit = "queues", description = "queues opened")
            int opened) {}

    private static Queue queue(long accepted, Level level) {
        return new Queue(
                accepted, Duration.ofMillis(10 * accepted), level, true, new Distribution(2, 3, 1, 2, 4, 5, 6));
    }

    @Test
    void read_returnsNameInstanceAndDeclarationOfEachMetric() {
        All all = new All(Map.of("b", queue(1, Level.LOW), "a", queue(2, Level.VERY_HIGH)), new Disk(7), 2);
        assertThat(Metrics.read(all))
                .extracting(each -> each.name() + "{" + each.instance() + "} " + each.text())
                .startsWith("accepted{a} 2", "waited{a} 0.02", "level{a} very-high", "open{a} true")
                .contains("accepted{b} 1", "level{b} low")
                .endsWith("disk.bytes{} 7.0", "opened{} 2");
        assertThat(Metrics.read(all).get(0))
                .isEqualTo(new Measurement("accepted", "a", MetricType.COUNTER, "items", "accepted items", 2L));
        assertThat(Metrics.read(all)).extracting(Measurement::number).startsWith(2.0, 0.02, 1.0, 1.0, 3.0);
    }

    @Test
    void sum_addsCountersAndKeepsGaugesOfTheCurrentOne() {
        All earlier = new All(Map.of("a", queue(1, Level.LOW), "b", queue(5, Level.LOW)), new Disk(7), 2);
        All current = new All(Map.of("a", queue(2, Level.VERY_HIGH)), new Disk(3), 1);
        All sum = Metrics.sum(earlier, current);
        assertThat(sum.opened()).isEqualTo(3);
        assertThat(sum.disk()).isEqualTo(new Disk(3));
        assertThat(sum.queues()).containsOnlyKeys("a", "b");
        Queue both = sum.queues().get("a");
        assertThat(both.accepted()).isEqualTo(3);
        assertThat(both.waited()).isEqualTo(Duration.ofMillis(30));
        assertThat(both.level()).isEqualTo(Level.VERY_HIGH);
        assertThat(both.batchTime().count()).isEqualTo(4);
    }

    @Test
    void distribution_addsCountMeanAndExtremesExactly() {
        Distribution joined = new Distribution(1, 10, 10, 10, 10, 10, 10).plus(new Distribution(3, 2, 1, 2, 3, 3, 3));
        assertThat(joined.count()).isEqualTo(4);
        assertThat(joined.mean()).isEqualTo(4, within(1e-12));
        assertThat(joined.min()).isEqualTo(1);
        assertThat(joined.max()).isEqualTo(10);
        assertThat(Distribution.EMPTY.plus(joined)).isEqualTo(joined);
        assertThat(joined.plus(Distribution.EMPTY)).isEqualTo(joined);
    }

    @Test
    void distribution_ofAHistogramIsScaled() {
        assertThat(Distribution.of(9, 2e9, percentile -> (long) (percentile * 1e9), 1e-9))
                .isEqualTo(new Distribution(9, 2, 0, 50, 90, 99, 100));
        assertThat(Distribution.of(0, 0, percentile -> 5, 1)).isEqualTo(Distribution.EMPTY);
    }

    record Undeclared(int number) {}

    record NoUnit(
            @Metric(type = MetricType.COUNTER, description = "x")
            int number) {}

    record CountedState(
            @Metric(type = MetricType.COUNTER, description = "x")
            boolean open) {}

    record Minutes(
            @Metric(type = MetricType.COUNTER, unit = "minutes", description = "x")
            Duration time) {}

    record Texts(
            @Metric(type = MetricType.GAUGE, unit = "x", description = "x")
            String text) {}

    record Nameless(
            @Metric(type = MetricType.GAUGE, unit = "x", description = " ")
            int number) {}

    record Clash(
            Map<String, Disk> disks,

            @Metric(type = MetricType.GAUGE, unit = "bytes", description = "x")
            double bytes) {}

    @Test
    void check_invalidDeclarationsAreRefused() {
        assertThatCode(() -> Metrics.check(All.class)).doesNotThrowAnyException();
        refuses(Undeclared.class, "must carry @Metric");
        refuses(NoUnit.class, "has no unit");
        refuses(CountedState.class, "cannot be a COUNTER");
        refuses(Minutes.class, "its unit is seconds");
        refuses(Texts.class, "has a type that is not valid for a metric");
        refuses(Nameless.class, "has no description");
        refuses(Clash.class, "has two metrics named bytes");
    }

    private static void refuses(Class<? extends Record> type, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metrics.check(type))
                .withMessageContaining(message);
    }
}
