package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationReport;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A checkpoint that was cut short is resumed, one that was damaged is refused, and neither yields a wrong result. */
abstract class CheckpointClauses extends EvaluatorClauses {

    CheckpointClauses(BatchEvaluatorContract contract) {
        super(contract);
    }

    @Test
    void aCheckpointThatWasCutShortAnywhereIsResumed() throws Exception {
        stopAfter(3, corpus(4));
        byte[] whole = Files.readAllBytes(checkpoint());
        int before = 0;
        // Whole records are cut at every byte at the end; before it, cuts are of the same kind.
        for (int length = 0; length <= whole.length; length += whole.length - length < 120 ? 1 : 7) {
            Files.write(checkpoint(), Arrays.copyOf(whole, length));
            RecordedFunction function = RecordedFunction.answering();

            EvaluationReport report = run(evaluator(), sketch(corpus(4)).function(function));

            int resumed = report.progress().resumed();
            assertThat(outputText()).as("cut after %s bytes", length).isEqualTo(outputOf(4));
            assertThat(function.evaluated()).hasSize(4 - resumed);
            assertThat(resumed).as("cut after %s bytes", length).isGreaterThanOrEqualTo(before);
            before = resumed;
        }
        assertThat(before).isEqualTo(3);
    }

    @Test
    void ofACheckpointThatWasCutShortOnlyTheLastRecordIsDropped() throws Exception {
        stopAfter(20, corpus(22));
        byte[] whole = Files.readAllBytes(checkpoint());
        Files.write(checkpoint(), Arrays.copyOf(whole, whole.length - 1));

        assertThat(run(evaluator(), sketch(corpus(22))).progress().resumed()).isEqualTo(19);
    }

    @Test
    void whatIsWrittenAfterACutIsResumedToo() throws Exception {
        stopAfter(
                4,
                corpus(10),
                items -> items.stream()
                        .map(item -> item.input() + (item.id().equals("item-3") ? "!".repeat(200) : "!"))
                        .toList());
        byte[] whole = Files.readAllBytes(checkpoint());
        Files.write(checkpoint(), Arrays.copyOf(whole, whole.length - 3));
        stopAfter(4, corpus(10)); // shorter than what was cut, so that nothing may be left behind it
        stopAfter(8, corpus(10));
        RecordedFunction function = RecordedFunction.answering();

        EvaluationReport report = run(evaluator(), sketch(corpus(10)).function(function));

        assertThat(report.progress().resumed()).isEqualTo(8);
        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(8, 10));
        assertThat(outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void aCheckpointThatWasDamagedBeforeItsLastRecordIsRefused() throws Exception {
        stopAfter(6, corpus(8));
        byte[] whole = Files.readAllBytes(checkpoint());
        for (int at = 0; at < whole.length / 2; at += 3) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(checkpoint(), damaged);

            assertRefused(sketch(corpus(8)), checkpoint().toString());
        }
    }

    @Test
    void noDamageIsTakenForAResult() throws Exception {
        stopAfter(6, corpus(8));
        byte[] whole = Files.readAllBytes(checkpoint());
        for (int at = whole.length / 2; at < whole.length; at += 3) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x01;
            Files.write(checkpoint(), damaged);
            try {
                run(evaluator(), sketch(corpus(8)));
            } catch (EvaluationException refused) {
                assertThat(refused).hasMessageContaining(checkpoint().toString());
                assertThat(Files.readAllBytes(checkpoint())).isEqualTo(damaged);
                continue;
            }
            assertThat(outputText()).as("damaged at %s", at).isEqualTo(outputOf(8));
        }
    }

    @Test
    void aFileThatIsNoCheckpointIsRefused() throws Exception {
        Files.writeString(checkpoint(), "Dear diary, today I evaluated nothing.\nAnd tomorrow?\n");
        assertRefused(sketch(corpus(8)), checkpoint().toString());

        Files.writeString(checkpoint(), "x");
        assertRefused(sketch(corpus(8)), checkpoint().toString());
    }
}
