package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.streaming.SpeedChange.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the guide's picture shows. */
final class SpeedChangeTest {

    @Test
    void picture_isThatOfTheProgram() throws IOException {
        assertThat(Files.readString(SpeedChangePicture.FILE))
                .as("run SpeedChangePicture.main in the folder of the module")
                .isEqualTo(SpeedChangePicture.draw());
    }

    @Test
    void predictive_keepsTheGoalWhereFixedBatchesTakeTenTimesAsLong() {
        List<Sample> predictive = slow(SpeedChange.run(BatchSizing.PREDICTIVE, 2));
        List<Sample> fixed = slow(SpeedChange.run(BatchSizing.FIXED, 2));

        assertThat(predictive)
                .filteredOn(one -> one.millis() > SpeedChange.GOAL_MILLIS)
                .hasSizeLessThan(predictive.size() / 20);
        assertThat(fixed).allMatch(one -> one.millis() > 5 * SpeedChange.GOAL_MILLIS);
        assertThat(fragments(predictive)).isGreaterThan((int) (0.8 * fragments(fixed)));
    }

    @Test
    void level_risesWhileTheProcessorIsSlowAndFallsAfterwards() {
        for (BatchSizing rule : BatchSizing.values()) {
            List<Sample> run = SpeedChange.run(rule, 3);
            assertThat(slow(run)).as("%s", rule).allMatch(one -> one.level() == BackpressureLevel.CRITICAL);
            assertThat(run.get(run.size() - 1).level()).as("%s", rule).isEqualTo(BackpressureLevel.NONE);
        }
    }

    /** Returns the batches from three seconds after the processor became slow. */
    private static List<Sample> slow(List<Sample> run) {
        return run.stream()
                .filter(one -> one.second() > SpeedChange.SLOW_FROM + 3 && one.second() < SpeedChange.SLOW_UNTIL)
                .toList();
    }

    private static int fragments(List<Sample> batches) {
        return batches.stream().mapToInt(Sample::fragments).sum();
    }
}
