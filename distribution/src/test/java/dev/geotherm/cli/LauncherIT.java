package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher finds a Java that is new enough, or names the one that it found. */
class LauncherIT {
    @TempDir
    Path scratch;

    @Test
    void version_namesTheJava() throws Exception {
        Ended ended = new Distribution(scratch).run("--version").succeeds();
        assertThat(ended.out())
                .contains("geotherm " + System.getProperty("geotherm.version"), System.getProperty("java.version"));
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void launcher_worksThroughALink() throws Exception {
        Distribution built = new Distribution(scratch);
        Path home = Files.createDirectories(scratch.resolve("elsewhere/bin"));
        Files.createSymbolicLink(home.resolve("geotherm"), built.home().resolve("bin/geotherm"));
        assertThat(new Distribution(home.getParent(), scratch)
                        .run("--version")
                        .succeeds()
                        .out())
                .contains("geotherm");
    }

    @Test
    void launcher_namesAJavaThatIsTooOld() throws Exception {
        Path old = java("11.0.2");
        Ended ended =
                new Distribution(scratch).with("JAVA_HOME", old.toString()).run("--version");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("JAVA_HOME", "Java 11 in " + old, "Java 17 or newer");
    }

    @Test
    void launcher_withoutJavaHomeUsesThePath() throws Exception {
        Ended ended = new Distribution(scratch)
                .without("JAVA_HOME")
                .with("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"))
                .run("--version")
                .succeeds();
        assertThat(ended.out()).contains(System.getProperty("java.version"));
    }

    /** One process shows it all, because the check reads all of WordNet. */
    @Test
    void doctor_findsTheDistributionHealthyWithTheOptionsAndWithoutTheLocale() throws Exception {
        assertThat(new Distribution(scratch)
                        .with("GEOTHERM_OPTS", "-Xmx300m")
                        .without("LC_ALL")
                        .with("LANG", "xx_XX.UTF-8")
                        .run("doctor")
                        .succeeds()
                        .out())
                .contains("300 MiB of heap", "names of files", "UTF-8")
                .contains("balanced, dev, experiment, perf: valid", "WordNet");
    }

    @Test
    void launcher_onOneProcessorKeepsStdoutForData() throws Exception {
        Ended ended = new Distribution(scratch)
                .with("GEOTHERM_OPTS", "-XX:ActiveProcessorCount=1")
                .run("plugins", "--json")
                .succeeds();
        assertThat(Json.MAPPER.readTree(ended.out())).hasSize(9);
        assertThat(ended.err()).isEmpty();
    }

    /** Without a JVM: a script takes its place and prints its arguments. */
    @Test
    void launcher_usesBothCompilersOnlyForWorkThatMayBeLong() throws Exception {
        String small = Files.writeString(scratch.resolve("small.jsonl"), "{}").toString();
        String large =
                Files.write(scratch.resolve("large.jsonl"), new byte[17 << 20]).toString();
        Path many = Files.createDirectories(scratch.resolve("many"));
        for (int i = 0; i < 2_000; i++) {
            Files.createFile(many.resolve(i + ".txt"));
        }
        assertThat(compilers("--version")).isEqualTo(1);
        assertThat(compilers("search", large, "warm springs")).isEqualTo(1);
        assertThat(compilers("run")).isEqualTo(1);
        assertThat(compilers("run", small, "--out", large)).as("the results").isEqualTo(1);
        assertThat(compilers("run", large)).isEqualTo(2);
        assertThat(compilers("run", "wordnet:all")).isEqualTo(2);
        assertThat(compilers("ingest", small, "--into", "new")).isEqualTo(1);
        assertThat(compilers("ingest", small, "--into", large))
                .as("the knowledge")
                .isEqualTo(2);
        assertThat(compilers("ingest", many.toString(), "--into", "new")).isEqualTo(2);
        assertThat(compilers("ingest", "-", "--into", "new")).isEqualTo(2);
        assertThat(compilers("ingest", small, "--watch", "--into", "new")).isEqualTo(2);
        assertThat(compilers("verify", small)).isEqualTo(1);
    }

    private int compilers(String... command) throws Exception {
        Path java = java("17.0.1");
        Files.writeString(java.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Ended ended = new Distribution(scratch)
                .with("JAVA_HOME", java.toString())
                .with("GEOTHERM_OPTS", "-Xshare:off")
                .run(command)
                .succeeds();
        return ended.out().contains("-XX:TieredStopAtLevel=1\n") ? 1 : 2;
    }

    @Test
    void launcher_withoutALocaleKeepsFileNames() throws Exception {
        Path texts = Files.createDirectories(scratch.resolve("texts"));
        // By a shell and its octal escapes, because this JVM may not be able to write the name.
        Process made = new ProcessBuilder(
                        "sh", "-c", "printf 'warm springs' > \"$(printf '\\303\\266-\\346\\270\\251.txt')\"")
                .directory(texts.toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        Ended ended = new Distribution(scratch)
                .with("LC_ALL", "C")
                .run("run", texts.toString(), "--out", scratch.resolve("out").toString(), "-q")
                .succeeds();
        assertThat(ended.err()).isEmpty();
        assertThat(Files.readString(scratch.resolve("out/state.json"))).contains("\u00f6-\u6e29.txt#0");
    }

    @Test
    void names_areKeptIfTheLocaleIsNotInstalled() throws Exception {
        Path texts = Files.createDirectories(scratch.resolve("texts"));
        Process made = new ProcessBuilder(
                        "sh",
                        "-c",
                        "for each in '\\344\\270\\255\\345\\233\\275' '\\346\\227\\245\\346\\234\\254' a; do"
                                + " printf 'warm springs' > \"$(printf \"$each.txt\")\"; done")
                .directory(texts.toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        Ended ended = new Distribution(scratch)
                .without("LC_ALL")
                .with("LANG", "xx_XX.UTF-8")
                .run("run", texts.toString(), "--out", scratch.resolve("out").toString(), "-q")
                .succeeds();
        assertThat(ended.out()).contains("3 documents");
        assertThat(Files.readString(scratch.resolve("out/state.json")))
                .contains("\u4e2d\u56fd.txt#0", "\u65e5\u672c.txt#0", "a.txt#0");
    }

    @Test
    void launcher_worksBelowAFolderWithAColon() throws Exception {
        assertThat(new Distribution(Distribution.linkedHome(scratch.resolve("with:colon/geotherm")), scratch)
                        .run("profile", "list")
                        .succeeds()
                        .out())
                .contains("balanced");
    }

    @Test
    void archive_isUsed() throws Exception {
        Path loaded = scratch.resolve("loaded");
        assertThat(Distribution.archive()).isNotEmptyFile();
        new Distribution(scratch)
                .with("GEOTHERM_OPTS", "-Xlog:class+load:file=" + loaded)
                .run("profile", "list")
                .succeeds();
        assertThat(loaded)
                .content()
                .containsPattern("dev\\.geotherm\\.cli\\.ProfileCommand source: shared objects file")
                .containsPattern("com\\.fasterxml\\.jackson\\S+ source: shared objects file");
    }

    @Test
    void archive_isNotCreatedByTheFirstStart() throws Exception {
        Path cache = scratch.resolve("cache");
        new Distribution(scratch)
                .with("XDG_CACHE_HOME", cache.toString())
                .run("--version")
                .succeeds();
        assertThat(cache.resolve("geotherm")).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(cache.resolve("geotherm")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void archive_thatIsDamagedIsIgnored() throws Exception {
        Path cache = scratch.resolve("cache");
        Path created = Distribution.archive();
        Path damaged = Files.createDirectories(cache.resolve("geotherm"))
                .resolve(created.getFileName().toString());
        byte[] archive = Files.readAllBytes(created);
        for (byte[] bytes :
                List.of(Arrays.copyOf(archive, archive.length / 2), new byte[archive.length], new byte[] {1})) {
            Files.write(damaged, bytes);
            Ended ended = new Distribution(scratch)
                    .with("XDG_CACHE_HOME", cache.toString())
                    .run("--version")
                    .succeeds();
            assertThat(ended.err()).isEmpty();
        }
    }

    @Test
    void archive_thatCannotBeCreatedDisturbsNoCommand() throws Exception {
        Path file = Files.writeString(scratch.resolve("file"), "where the folder would be");
        Ended blocked = new Distribution(scratch)
                .with("XDG_CACHE_HOME", file.toString())
                .run("--version")
                .succeeds();
        assertThat(blocked.err()).isEmpty();
        Ended homeless = new Distribution(scratch)
                .without("XDG_CACHE_HOME")
                .without("HOME")
                .run("--version")
                .succeeds();
        assertThat(homeless.err()).isEmpty();
    }

    @Test
    void archive_canBeDisabled() throws Exception {
        Path cache = scratch.resolve("cache");
        new Distribution(scratch)
                .with("XDG_CACHE_HOME", cache.toString())
                .with("GEOTHERM_OPTS", "-Xshare:off")
                .run("--version")
                .succeeds();
        assertThat(cache).doesNotExist();
    }

    @Test
    void logConfiguration_canBeChanged() throws Exception {
        Path home = Distribution.linkedHome(scratch.resolve("home"));
        Path configuration = home.resolve("conf/logback.xml");
        Files.writeString(configuration, Files.readString(configuration).replace("%msg", "changed: %msg"));
        Files.createDirectories(home.resolve("plugins/empty"));
        assertThat(new Distribution(home, scratch).run("plugins").succeeds().err())
                .contains("WARN  Plugins: changed: The plugin folder");
    }

    @Test
    void completion_existsInTheDistribution() throws IOException {
        assertThat(new Distribution(scratch).home().resolve("completion/geotherm"))
                .content()
                .contains("profile", "--set", "diff", "patch", "--exit-code", "merge-patch");
    }

    /** Returns a folder that looks like a Java of the given version. */
    private Path java(String version) throws IOException {
        Path home = Files.createDirectories(scratch.resolve("old/bin")).getParent();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nexit 9\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }
}
