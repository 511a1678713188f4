package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are dropped into the plugin folder of the distribution and chosen by a profile or a setting. */
class PluginIT {
    @TempDir
    Path scratch;

    @Test
    void example_isListedChosenAndUsed() throws Exception {
        Path home = Distribution.linkedHome(scratch.resolve("geotherm"));
        Files.copy(
                ExampleExtension.jar(),
                Files.createDirectory(home.resolve("plugins")).resolve("bigram.jar"));
        assertThat(new Distribution(home, scratch).run("plugins").succeeds().out())
                .contains("bigram", "pairs of neighbouring letters", "bigram.jar")
                .containsPattern("scrub rule +badge +Finds numbers of staff");

        Path profiles = Files.createDirectories(scratch.resolve("profiles"));
        Files.writeString(profiles.resolve("letters.yaml"), """
                extends: balanced
                description: Balanced, with pairs of letters.
                embedding:
                  use: bigram
                  letters: 20
                anchors:
                  scrubRules: [built-in, badge]
                  scrubOptions: [badge.prefix=STAFF]
                  scrubActions: [badge=drop]
                """);
        InProcess command = new InProcess(home).with("GEOTHERM_PROFILES", profiles.toString());
        assertThat(command.run("profile", "list").succeeds().out()).contains("letters");
        assertThat(command.run("profile", "show", "letters").succeeds().out())
                .containsPattern("embedding\\.letters +20 +profile letters");

        Path documents = Files.createDirectory(scratch.resolve("documents"));
        Files.writeString(documents.resolve("a.txt"), "Steam vents; ask STAFF-01234 or jane@example.org.");
        String knowledge = scratch.resolve("knowledge").toString();
        command.run("ingest", documents.toString(), "--into", knowledge, "--profile", "letters")
                .succeeds();
        assertThat(command.run("search", knowledge, "steam", "--profile", "letters")
                        .succeeds()
                        .out())
                .contains("ask or [email]");
        assertThat(command.run("profile", "show", "letters", "--set", "anchors.scrubRules=bagde")
                        .fails(2)
                        .err())
                .contains("anchors.scrubRules: unknown scrub rule 'bagde'; did you mean 'badge'");

        JsonNode report = report(command, "--profile", "letters");
        assertThat(report.at("/components/embedding/use").asText()).isEqualTo("bigram");
        assertThat(report.at("/components/embedding/metrics/texts/value").asLong())
                .isGreaterThanOrEqualTo(55);
    }

    @Test
    void commonsPool_isUnpackedChosenAndUsed() throws Exception {
        CommonsPoolExtension.unpackInto(Files.createDirectory(scratch.resolve("plugins")));
        InProcess command = new InProcess(scratch);
        assertThat(command.run("plugins").succeeds().out())
                .contains("commons-pool2", "keep their objects in Apache Commons Pool", "geotherm-commons-pool2");
        assertThat(command.run("profile", "show", "balanced", "--set", "pool.use=commons-pool2")
                        .succeeds()
                        .out())
                .containsPattern("pool\\.use +commons-pool2 +--set");

        JsonNode report = report(command, "--set", "pool.use=commons-pool2");
        assertThat(report.at("/components/pool/use").asText()).isEqualTo("commons-pool2");
        assertThat(report.at("/components/pool/instances").toString()).contains("anchors", "vectors");
    }

    private JsonNode report(InProcess command, String option, String value) throws IOException {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 50, 5);
        Path out = scratch.resolve("out");
        command.run("run", corpus.toString(), "--out", out.toString(), option, value, "-q")
                .succeeds();
        return new ObjectMapper().readTree(out.resolve("report.json").toFile());
    }

    @Test
    void aDuplicatePluginIsRefused() throws Exception {
        Path plugins = Files.createDirectories(scratch.resolve("plugins"));
        Files.copy(ExampleExtension.jar(), plugins.resolve("one.jar"));
        Files.copy(ExampleExtension.jar(), plugins.resolve("two.jar"));
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 20, 1);
        Path out = scratch.resolve("out");
        assertThat(new InProcess(scratch)
                        .run("run", corpus.toString(), "--out", out.toString())
                        .fails(1)
                        .err())
                .contains("bigram", "one.jar", "two.jar");
        assertThat(out).doesNotExist();
    }

    @Test
    void aPluginThatEndsTheProcessIsNamed() throws Exception {
        Path plugins = Files.createDirectories(scratch.resolve("plugins"));
        exitingPlugin(plugins.resolve("evil.jar"));
        Distribution distribution = new Distribution(scratch).with("GEOTHERM_PLUGINS", plugins.toString());
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 5, 0);
        String out = scratch.resolve("out").toString();
        assertThat(distribution
                        .run("run", corpus.toString(), "--out", out, "--set", "embedding.use=evil", "-q")
                        .fails(1)
                        .err())
                .contains("the plugin evil.jar ended the command: evil.Evil.create called System.exit");
        assertThat(new InProcess(scratch)
                        .run("profile", "show", "balanced")
                        .succeeds()
                        .err())
                .isEmpty();
    }

    /** Writes a plugin that calls {@code System.exit(0)} when its component is created. */
    private void exitingPlugin(Path jar) throws Exception {
        Path source = Files.writeString(
                Files.createDirectories(scratch.resolve("evil")).resolve("Evil.java"), """
                package evil;
                public final class Evil implements dev.geotherm.api.anchor.EmbedderFactory<Evil.None> {
                    public record None() {}
                    @Override public String name() { return "evil"; }
                    @Override public String description() { return "Ends the process."; }
                    @Override public Class<None> settings() { return None.class; }
                    @Override public dev.geotherm.api.anchor.Embedder create(
                            None settings, dev.geotherm.api.ComponentContext context) {
                        System.exit(0);
                        return null;
                    }
                }
                """);
        String[] arguments = {
            "-proc:none", "-d", scratch.toString(), "-cp", System.getProperty("java.class.path"), source.toString()
        };
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String type : List.of("evil/Evil.class", "evil/Evil$None.class")) {
                out.putNextEntry(new JarEntry(type));
                Files.copy(scratch.resolve(type), out);
            }
            out.putNextEntry(new JarEntry("META-INF/services/dev.geotherm.api.anchor.EmbedderFactory"));
            out.write("evil.Evil".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aBrokenPluginStopsOnlyThoseWhoNeedIt() throws Exception {
        Path plugins = Files.createDirectories(scratch.resolve("plugins"));
        Files.writeString(plugins.resolve("broken.jar"), "no zip");
        Files.copy(ExampleExtension.jar(), plugins.resolve("bigram.jar"));
        InProcess command = new InProcess(scratch);
        Ended shown = command.run("profile", "show", "balanced", "--set", "embedding.use=bigram")
                .succeeds();
        assertThat(shown.err()).contains("warning: the plugin", "broken.jar is not a readable jar");
        assertThat(command.run("profile", "show", "balanced", "--set", "embedding.use=missing")
                        .fails(1)
                        .err())
                .contains("unknown embedding implementation 'missing'", "skipped: the plugin", "broken.jar");
        assertThat(command.run("plugins").fails(1).out()).contains("bigram");
    }
}
