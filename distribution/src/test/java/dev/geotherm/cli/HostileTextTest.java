package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of other people that try to control the terminal, by every way in which the command prints them. */
class HostileTextTest {
    private static final String HOSTILE = "\\e[31m\\u0007\\u009b2J\\u202e\\u2066\\ngeotherm: all is well";

    @TempDir
    Path scratch;

    @Test
    void profiles_reachTheTerminalEscaped() throws Exception {
        Path profiles = Files.createDirectory(scratch.resolve("profiles"));
        Files.writeString(profiles.resolve("evil.yaml"), "extends: balanced\ndescription: \"" + HOSTILE + "\"\n");
        Path wrong = Files.writeString(
                scratch.resolve("wrong.yaml"),
                "extends: balanced\npool:\n  \"" + HOSTILE + "\": \"" + HOSTILE + "\"\n");
        InProcess command = new InProcess(scratch).with("GEOTHERM_PROFILES", profiles.toString());
        for (String[] line : new String[][] {
            {"profile", "list"},
            {"profile", "list", "--json"},
            {"profile", "show", "evil"},
            {"profile", "show", "evil", "--json"},
            {"profile", "show", wrong.toString()},
            {"profile", "validate", wrong.toString()},
            {"run", "--profile", wrong.toString()}
        }) {
            assertHarmless(command.run(line));
        }
    }

    @Test
    void corpora_reachTheTerminalEscaped() throws Exception {
        Path lines = Files.writeString(
                scratch.resolve("docs.jsonl"),
                "{\"id\": \"\\u001b[31m\\u202e\\ngeotherm: all is well\", \"text\": \"\"}\n".repeat(2));
        assertHarmless(run(lines).fails(1));
        Path folder = Files.createDirectory(scratch.resolve("folder"));
        for (String name : new String[] {"%1B%5B31m%E2%80%AE%0Ageotherm:%20all%20is%20well.txt", "b.txt"}) {
            Files.write(Path.of(URI.create(folder.toUri() + name)), new byte[] {(byte) 0xff});
        }
        assertThat(assertHarmless(run(folder).fails(1)).err()).contains("2 files cannot be read", "b.txt");
        Files.writeString(folder.resolve("c.txt"), "fine");
        Ended skipped = new InProcess(scratch)
                .run(
                        "run",
                        folder.toString(),
                        "--skip-unreadable",
                        "--out",
                        scratch.resolve("out").toString())
                .succeeds();
        assertThat(assertHarmless(skipped).out()).contains("1 documents", "skipped: 2 files that cannot be read");
    }

    @Test
    void sourcesAndRuns_reachTheTerminalEscaped() throws Exception {
        String hostile = "e\u001b[31m\u001b]0;t\u0007\ngeotherm: all is well\u202e";
        Path folder = Files.createDirectory(scratch.resolve(hostile));
        Files.writeString(folder.resolve("a.txt"), "steam");
        String into = scratch.resolve("knowledge").toString();
        InProcess command = new InProcess(scratch);
        assertHarmless(command.run("ingest", folder.toString(), "--into", into, "--dry-run")
                .succeeds());
        assertHarmless(command.run("ingest", folder.toString(), "--into", into).succeeds());
        Path run = Files.writeString(scratch.resolve("a.run"), "q Q0 d 1 1.0 tag\u202e\u009b2J\n");
        Path judgements = Files.writeString(scratch.resolve("q.qrels"), "q 0 d 1\n");
        assertHarmless(command.run("evaluate", run.toString(), "--qrels", judgements.toString()));
    }

    @Test
    void plugins_reachTheTerminalEscaped() throws Exception {
        Path plugins = Files.createDirectory(scratch.resolve("hostile-plugins"));
        Files.writeString(plugins.resolve("a\ngeotherm: all is well.jar"), "no jar");
        InProcess command = new InProcess(scratch).with("GEOTHERM_PLUGINS", plugins.toString());
        assertThat(assertHarmless(command.run("plugins")).err()).contains("is not a readable jar");
        assertThat(assertHarmless(command.run("profile", "show", "balanced")).err())
                .contains("is not a readable jar");
    }

    private Ended run(Path corpus) {
        return new InProcess(scratch)
                .run("run", corpus.toString(), "--out", scratch.resolve("out").toString());
    }

    static Ended assertHarmless(Ended ended) {
        for (String text : new String[] {ended.out(), ended.err()}) {
            assertThat(text.replaceAll("[\n\r\t]", ""))
                    .doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");
            assertThat(text.lines()).noneMatch(line -> line.startsWith("geotherm: all is well"));
        }
        return ended;
    }
}
