package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalid input: the message names the problem, the exit code signals it, and no partial file is left. */
class BadInputTest {
    @TempDir
    Path scratch;

    private InProcess command;
    private Path out;

    @BeforeEach
    void prepare() {
        command = new InProcess(scratch);
        out = scratch.resolve("out");
    }

    @Test
    void run_missingCorpusIsRefused() throws Exception {
        Ended ended = run("no-such-corpus").fails(1);
        assertThat(ended.err()).contains("no-such-corpus");
        nothingIsLeft();
    }

    @Test
    void run_truncatedLineIsRefused() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 20, 1);
        Path file = corpus.resolve("corpus.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 15));
        Ended ended = run(corpus.toString()).fails(1);
        assertThat(ended.err()).contains("corpus.jsonl:20");
        nothingIsLeft();
    }

    @Test
    void run_judgementForAnUnknownDocumentIsRefused() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 20, 1);
        Files.writeString(corpus.resolve("qrels/test.tsv"), "q0\tnowhere\t1\n", StandardOpenOption.APPEND);
        Ended ended = run(corpus.toString()).fails(1);
        assertThat(ended.err()).contains("test.tsv:6", "nowhere");
        nothingIsLeft();
    }

    @Test
    void run_unknownProfileIsRefused() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 20, 1);
        Ended ended = run(corpus.toString(), "--profile", "balancd").fails(2);
        assertThat(ended.err()).contains("balancd", "did you mean 'balanced'");
        nothingIsLeft();
    }

    @Test
    void run_threeInvalidSettingsAreReportedAtOnce() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 20, 1);
        Path profile = scratch.resolve("mine.yaml");
        Files.writeString(profile, """
                extends: balanced
                pool:
                  maxSize: 0
                streaming:
                  capacity: many
                anchors:
                  consolidatoin: 0.7
                """);
        Ended ended = run(corpus.toString(), "--profile", profile.toString()).fails(2);
        assertThat(ended.err())
                .contains(
                        "pool.maxSize: must be at least 1, was 0",
                        "streaming.capacity: must be a whole number, was 'many'",
                        "anchors.consolidatoin: unknown setting",
                        "did you mean 'consolidation'");
        nothingIsLeft();
    }

    @Test
    void run_unwritableOutputFolderIsRefused() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 20, 1);
        Files.writeString(out, "a file where the folder should be");
        Ended ended = run(corpus.toString()).fails(1);
        assertThat(ended.err()).contains("cannot write", out.toString());
        assertThat(out).hasContent("a file where the folder should be");
    }

    @Test
    void run_outputFolderInUseIsRefused() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 20, 1);
        Files.createDirectories(out);
        try (var channel = java.nio.channels.FileChannel.open(
                        out.resolve(".geotherm"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Ended ended = run(corpus.toString()).fails(1);
            assertThat(ended.err()).contains("another run", out.toString());
        }
    }

    @Test
    void run_outputFolderWithForeignFilesIsRefused() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 20, 1);
        Path theirs = Files.writeString(Files.createDirectories(out).resolve("state.json"), "theirs");
        assertThat(run(corpus.toString()).fails(1).err()).contains(out.toString(), "--out");
        assertThat(theirs).hasContent("theirs");
    }

    @Test
    void plugins_fileThatIsNotAJarIsRefused() throws Exception {
        Path plugins = Files.createDirectories(scratch.resolve("plugins"));
        Files.writeString(plugins.resolve("broken.jar"), "no zip");
        command.with("GEOTHERM_PLUGINS", plugins.toString());
        assertThat(command.run("plugins").fails(1).err()).contains("broken.jar");
    }

    @Test
    void environment_variablesOfOthersAreNoBadInput() throws Exception {
        command.with("GEOTHERM_SERVICE_HOST", "10.0.0.1")
                .with("GEOTHERM_PORT", "tcp://10.0.0.1:80")
                .with("GEOTHERM_API_KEY", "hunter2");
        Ended shown = command.run("profile", "show", "balanced").succeeds();
        assertThat(shown.err())
                .isEqualTo("geotherm: warning: the environment variable GEOTHERM_API_KEY is ignored: it is not a"
                        + " setting\n");
        command.with("GEOTHERM_POOL_MAXSIZE", "7");
        assertThat(command.run("profile", "show", "balanced").fails(2).err())
                .contains("GEOTHERM_POOL_MAXSIZE", "did you mean 'GEOTHERM_POOL_MAX_SIZE'?");
    }

    @Test
    void command_unknownOptionOrCommandIsRefused() throws Exception {
        assertThat(command.run("run", "--prefile", "dev").fails(2).err()).contains("--prefile", "--help");
        assertThat(command.run("rnu").fails(2).err()).contains("rnu");
        assertThat(command.run().fails(2).err()).contains("a command is missing");
    }

    private Ended run(String corpus, String... more) {
        String[] all = Stream.concat(Stream.of("run", corpus, "--out", out.toString()), Stream.of(more))
                .toArray(String[]::new);
        return command.run(all);
    }

    private void nothingIsLeft() {
        assertThat(out).doesNotExist();
    }
}
