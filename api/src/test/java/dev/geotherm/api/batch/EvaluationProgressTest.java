package dev.geotherm.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EvaluationProgressTest {

    @Test
    void thePartThatIsDoneCountsWhatCameFromACheckpoint() {
        assertThat(new EvaluationProgress(200, 50, 3, 20, Duration.ZERO).fraction())
                .isEqualTo(0.25);
    }

    @Test
    void anEmptyCorpusIsDone() {
        assertThat(new EvaluationProgress(0, 0, 0, 0, Duration.ZERO).fraction()).isEqualTo(1);
    }

    @Test
    void thePaceIsOfWhatWasEvaluatedSinceTheStart() {
        EvaluationProgress progress = new EvaluationProgress(200, 50, 0, 20, Duration.ofSeconds(3));

        assertThat(progress.perSecond()).isEqualTo(10);
        assertThat(progress.remaining()).contains(Duration.ofSeconds(15));
    }

    @Test
    void withoutAPaceNothingIsSaidAboutTheRest() {
        assertThat(new EvaluationProgress(200, 20, 0, 20, Duration.ofSeconds(3)).remaining())
                .isEmpty();
        assertThat(new EvaluationProgress(200, 20, 0, 0, Duration.ofNanos(900_000)).perSecond())
                .isZero();
    }

    @Test
    void whatIsDoneNeedsNoMoreTime() {
        assertThat(new EvaluationProgress(10, 10, 0, 0, Duration.ofSeconds(1)).remaining())
                .contains(Duration.ZERO);
    }
}
