package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.StateDelta;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDiffer#summarize}. */
abstract class SummaryClauses extends DifferClauses {

    SummaryClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void summarize_includesEveryChange() {
        StateDiffer differ = differ();
        StateDelta delta = differ.diff(json("{'a':1,'b':[1],'c':{}}"), json("{'a':2,'c':3,'d':4}"));
        DeltaSummary summary = differ.summarize(delta);
        assertThat(summary.paths())
                .isEqualTo(delta.changes().stream().map(change -> change.path()).toList());
        assertThat(summary.counts().values().stream().mapToInt(n -> n).sum())
                .isEqualTo(delta.changes().size());
        assertThat(summary.averageMagnitude()).isBetween(0.0, 1.0);
        assertThat(summary.category()).isNotEqualTo(DeltaCategory.NONE);
        assertThat(summary.deltaBytes()).isPositive();
        assertThat(summary.encodedBytes()).isPositive();
        assertThat(summary.encodeTime()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void summarize_ofAnEmptyDeltaIsNone() {
        DeltaSummary summary = differ().summarize(StateDelta.empty());
        assertThat(summary.changes()).isZero();
        assertThat(summary.category()).isEqualTo(DeltaCategory.NONE);
        assertThat(summary.averageMagnitude()).isZero();
        assertThat(summary.compressionRatio()).isEqualTo(1);
    }
}
