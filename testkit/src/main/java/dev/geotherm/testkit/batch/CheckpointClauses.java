package dev.geotherm.testkit.batch;

import static dev.geotherm.testkit.batch.EvaluatorFixture.corpus;
import static dev.geotherm.testkit.batch.EvaluatorFixture.ids;
import static dev.geotherm.testkit.batch.EvaluatorFixture.outputOf;
import static dev.geotherm.testkit.batch.EvaluatorFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The clauses about checkpoints: a truncated one is resumed, a damaged one is refused, and neither leads to a wrong result.
 */
abstract class CheckpointClauses {
    private final EvaluatorFixture fixture;

    CheckpointClauses(EvaluatorFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void checkpoint_truncatedAnywhereIsResumed() throws Exception {
        truncate(70, 17);
    }

    @Test
    @Tag("full")
    void checkpoint_truncatedAtEachByteIsResumed() throws Exception {
        truncate(Integer.MAX_VALUE, 1);
    }

    /** Truncates a checkpoint at each of its last bytes, and before those in steps. */
    private void truncate(int last, int step) throws Exception {
        fixture.stopAfter(3, corpus(4));
        Path file = fixture.checkpointFile();
        byte[] whole = Files.readAllBytes(file);
        int before = -1; // until the header is complete
        for (int length = 0; length <= whole.length; length += whole.length - length < last ? 1 : step) {
            fixture.writeCheckpoint(file, Arrays.copyOf(whole, length));
            RecordingFunction function = RecordingFunction.answering();

            EvaluationReport report;
            try {
                report = run(fixture.evaluator(), fixture.job(corpus(4)).function(function));
            } catch (EvaluationException refused) {
                // An implementation that creates its header atomically may refuse a truncated header, but nothing else.
                assertThat(before)
                        .as("refused at %s bytes, though accepted before", length)
                        .isEqualTo(-1);
                assertThat(refused).hasMessageContaining(fixture.checkpoint().toString());
                continue;
            }

            int resumed = report.progress().resumed();
            assertThat(fixture.outputText()).as("truncated to %s bytes", length).isEqualTo(outputOf(4));
            assertThat(function.evaluated()).hasSize(4 - resumed);
            assertThat(resumed)
                    .as("truncated to %s bytes", length)
                    .isBetween(Math.max(0, before), Math.max(0, before) + 1);
            before = resumed;
        }
        assertThat(before).isEqualTo(3);
    }

    @Test
    void checkpoint_truncatedLosesOnlyItsLastRecord() throws Exception {
        fixture.stopAfter(20, corpus(22), EvaluatorFixture.longFor("item-19"));
        Path file = fixture.checkpointFile();
        byte[] whole = Files.readAllBytes(file);
        fixture.writeCheckpoint(file, Arrays.copyOf(whole, whole.length - 100));

        assertThat(run(fixture.evaluator(), fixture.job(corpus(22))).progress().resumed())
                .isEqualTo(19);
    }

    @Test
    void checkpoint_writtenAfterATruncationIsResumed() throws Exception {
        fixture.stopAfter(4, corpus(10), EvaluatorFixture.longFor("item-3"));
        Path file = fixture.checkpointFile();
        byte[] whole = Files.readAllBytes(file);
        fixture.writeCheckpoint(file, Arrays.copyOf(whole, whole.length - 100));
        fixture.stopAfter(4, corpus(10)); // shorter than the lost outcome, which must not reappear after it
        fixture.stopAfter(8, corpus(10));
        RecordingFunction function = RecordingFunction.answering();

        EvaluationReport report =
                run(fixture.evaluator(), fixture.job(corpus(10)).function(function));

        assertThat(report.progress().resumed()).isEqualTo(8);
        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(8, 10));
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void checkpoint_damagedBeforeItsLastRecordIsRefused() throws Exception {
        fixture.stopAfter(20, corpus(22));
        damageBeforeTheLastRecord(29, 0x10);
    }

    @Test
    @Tag("full")
    void checkpoint_damagedAtAnyByteBeforeItsLastRecordIsRefused() throws Exception {
        fixture.stopAfter(20, corpus(22));
        for (int bit = 1; bit < 0x100; bit <<= 1) {
            damageBeforeTheLastRecord(bit == 0x10 ? 1 : 3, bit);
        }
    }

    private void damageBeforeTheLastRecord(int step, int bits) throws Exception {
        Path file = fixture.checkpointFile();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length * 3 / 4; at += step) {
            fixture.writeCheckpoint(file, flipped(whole, at, bits));

            fixture.assertRefused(fixture.job(corpus(22)), fixture.checkpoint().toString());
        }
        fixture.writeCheckpoint(file, whole);
    }

    @Test
    void checkpoint_damageIsNeverTakenForAResult() throws Exception {
        damageAnywhere(7, 0x01);
    }

    @Test
    @Tag("full")
    void checkpoint_damageAtAnyByteIsNeverTakenForAResult() throws Exception {
        for (int bit = 1; bit < 0x100; bit <<= 1) {
            damageAnywhere(1, bit);
        }
    }

    private void damageAnywhere(int step, int bits) throws Exception {
        fixture.stopAfter(6, corpus(8));
        Path file = fixture.checkpointFile();
        byte[] whole = Files.readAllBytes(file);
        for (int at = whole.length / 2; at < whole.length; at += step) {
            byte[] damaged = flipped(whole, at, bits);
            fixture.writeCheckpoint(file, damaged);
            try {
                run(fixture.evaluator(), fixture.job(corpus(8)));
            } catch (EvaluationException refused) {
                assertThat(refused).hasMessageContaining(fixture.checkpoint().toString());
                assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
                continue;
            }
            assertThat(fixture.outputText()).as("damaged at %s", at).isEqualTo(outputOf(8));
        }
        fixture.writeCheckpoint(file, whole);
        run(fixture.evaluator(), fixture.job(corpus(8))); // deletes the checkpoint for the next round
    }

    private static byte[] flipped(byte[] whole, int at, int bits) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) bits;
        return damaged;
    }

    @Test
    void checkpoint_ofAnotherFormatIsRefused() throws Exception {
        Files.writeString(fixture.checkpoint(), "Dear diary, today I evaluated nothing.\nAnd tomorrow?\n");
        fixture.assertRefused(fixture.job(corpus(8)), fixture.checkpoint().toString());

        Files.writeString(fixture.checkpoint(), "x");
        fixture.assertRefused(fixture.job(corpus(8)), fixture.checkpoint().toString());
    }
}
