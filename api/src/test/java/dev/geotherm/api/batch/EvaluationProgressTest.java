package dev.geotherm.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EvaluationProgressTest {

    @Test
    void fraction_includesItemsFromACheckpoint() {
        assertThat(new EvaluationProgress(200, 50, 3, 20, Duration.ZERO).fraction())
                .isEqualTo(0.25);
    }

    @Test
    void fraction_ofAnEmptyCorpusIsOne() {
        assertThat(new EvaluationProgress(0, 0, 0, 0, Duration.ZERO).fraction()).isEqualTo(1);
    }

    @Test
    void perSecond_countsOnlyItemsSinceTheStart() {
        EvaluationProgress progress = new EvaluationProgress(200, 50, 0, 20, Duration.ofSeconds(3));

        assertThat(progress.perSecond()).isEqualTo(10);
        assertThat(progress.remaining()).contains(Duration.ofSeconds(15));
    }

    @Test
    void remaining_withoutARateIsEmpty() {
        assertThat(new EvaluationProgress(200, 20, 0, 20, Duration.ofSeconds(3)).remaining())
                .isEmpty();
        assertThat(new EvaluationProgress(200, 20, 0, 0, Duration.ofNanos(900_000)).perSecond())
                .isZero();
    }

    @Test
    void remaining_ofADoneJobIsZero() {
        assertThat(new EvaluationProgress(10, 10, 0, 0, Duration.ofSeconds(1)).remaining())
                .contains(Duration.ZERO);
    }
}
