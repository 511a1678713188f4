package dev.geotherm.batch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.batch.output.Outcome;
import dev.geotherm.batch.output.OutputFiles;
import dev.geotherm.storage.log.AppendLog;
import dev.geotherm.storage.log.LogHeader;
import dev.geotherm.storage.log.LogOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {
    private static final CheckpointOwner OWNER = CheckpointOwner.of(
            "job",
            List.of(new EvaluationItem<>("a", "1"), new EvaluationItem<>("b", "2"), new EvaluationItem<>("c", "3")));

    @TempDir
    Path folder;

    private OutputFiles files;

    @BeforeEach
    void resolveFiles() {
        files = OutputFiles.of(folder.resolve("results.jsonl"));
    }

    @Test
    void read_returnsOutcomesInAnyOrder() throws Exception {
        try (Checkpoint checkpoint = open()) {
            checkpoint.append(List.of(ok(2, "\"c\""), ok(0, "\"a\"")));
            checkpoint.append(List.of(Outcome.failed(1, 3, "no")));

            assertThat(json(checkpoint.read(0))).isEqualTo("\"a\"");
            assertThat(checkpoint.read(1).failure("b").attempts()).isEqualTo(3);
            assertThat(json(checkpoint.read(2))).isEqualTo("\"c\"");
        }
    }

    @Test
    void open_returnsTheOutcomesOfTheEarlierStart() throws Exception {
        try (Checkpoint checkpoint = open()) {
            checkpoint.append(List.of(ok(1, "\"b\"")));
        }
        List<Integer> resumed = new ArrayList<>();

        try (Checkpoint checkpoint = Checkpoint.open(files, OWNER, outcome -> resumed.add(outcome.index()))) {
            assertThat(resumed).containsExactly(1);
            assertThat(checkpoint.has(0)).isFalse();
            assertThat(checkpoint.has(1)).isTrue();
            assertThat(json(checkpoint.read(1))).isEqualTo("\"b\"");
        }
    }

    @Test
    void open_fileOfAnOlderVersionIsRefused() throws Exception {
        Files.writeString(files.checkpoint(), "GEOBATCH and so on");

        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(this::open)
                .withMessageContaining(files.checkpoint().toString())
                .withMessageContaining("finish the job with the older version, or delete the file to start over");
        assertThat(files.checkpoint()).hasContent("GEOBATCH and so on");
    }

    @Test
    void open_anotherFormatVersionIsRefused() throws Exception {
        writeLog(new LogHeader("GEOBATCH", 3, OWNER.toJson()));

        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(this::open)
                .withMessageContaining(files.checkpoint().toString())
                .withMessageContaining("its format has version 3, this program reads version 2")
                .withMessageContaining("delete the checkpoint to start over");
    }

    @Test
    void open_logOfSomethingElseIsRefused() throws Exception {
        writeLog(new LogHeader("ANOTHER!", 2, ""));

        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(this::open)
                .withMessageContaining("it is not a checkpoint");
    }

    @Test
    void open_outcomesThatContradictTheCorpusAreRefused() throws Exception {
        LogHeader header = new LogHeader("GEOBATCH", 2, OWNER.toJson());
        writeLog(header, frame(3));
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(this::open)
                .withMessageContaining("is damaged");
        deleteLog(header);

        writeLog(header, frame(1), frame(1));
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(this::open)
                .withMessageContaining("is damaged");
    }

    @Test
    void discard_deletesOnlyACheckpointThatItCreated() throws Exception {
        open().discard();
        assertThat(files.checkpoint()).doesNotExist();

        try (Checkpoint checkpoint = open()) {
            checkpoint.append(List.of(ok(1, "\"b\"")));
        }
        open().discard();
        try (Checkpoint checkpoint = open()) {
            assertThat(checkpoint.has(1)).isTrue();
        }
    }

    private Checkpoint open() {
        return Checkpoint.open(files, OWNER, outcome -> {});
    }

    private void writeLog(LogHeader header, ByteBuffer... frames) throws Exception {
        try (AppendLog log = AppendLog.open(files.checkpoint(), header, LogOptions.defaults())) {
            for (ByteBuffer frame : frames) {
                log.append(frame);
            }
        }
    }

    private void deleteLog(LogHeader header) throws Exception {
        AppendLog.open(files.checkpoint(), header, LogOptions.defaults()).deleteAndClose();
    }

    private static ByteBuffer frame(int index) {
        return ByteBuffer.allocate(6)
                .putInt(index)
                .put((byte) 0)
                .put((byte) '1')
                .flip();
    }

    private static Outcome ok(int index, String json) {
        return Outcome.ok(index, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Outcome outcome) {
        return new String(outcome.json(), StandardCharsets.UTF_8);
    }
}
