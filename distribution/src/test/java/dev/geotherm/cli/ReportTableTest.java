package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** The figures of a run's report in words. */
class ReportTableTest {

    @Test
    void times_saysWhichFigureIsTheMedian() {
        ObjectNode times = JsonNodeFactory.instance
                .objectNode()
                .put("count", 3)
                .put("p50", 0.000_022)
                .put("p99", 0.000_717);
        assertThat(ReportTable.times(times, "text")).isEqualTo("; median 22 µs per text, 99 % within 717 µs");
    }

    @Test
    void times_withoutValuesIsEmpty() {
        ObjectNode times = JsonNodeFactory.instance
                .objectNode()
                .put("count", 0)
                .put("p50", 0)
                .put("p99", 0);
        assertThat(ReportTable.times(times, "search")).isEmpty();
    }

    @Test
    void saved_saysWhetherDeltasTakeLessOrMore() {
        assertThat(ReportTable.saved(100_000, 1_000, 2_048))
                .startsWith("99.0 % less than whole states, which take ")
                .endsWith("(the last one 2.0 KiB)");
        assertThat(ReportTable.saved(1_000, 1_078, 1_000)).startsWith("7.8 % more than whole states");
        assertThat(ReportTable.saved(1_000, 1_000, 1_000)).startsWith("0.0 % less than whole states");
    }
}
