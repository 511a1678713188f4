package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are dropped into the plugin folder of the distribution and chosen by a profile or a setting. */
class PluginIT {
    @TempDir
    Path scratch;

    @Test
    void example_isListedChosenAndUsed() throws Exception {
        Path home = scratch.resolve("geotherm");
        copy(Path.of(System.getProperty("geotherm.distribution")), home);
        Files.copy(ExampleExtension.jar(), home.resolve("plugins/bigram.jar"));
        Distribution distribution = new Distribution(home, scratch);
        assertThat(distribution.run("plugins").succeeds().out())
                .contains("bigram", "pairs of neighbouring letters", "bigram.jar");

        Path profiles = Files.createDirectories(scratch.resolve("profiles"));
        Files.writeString(profiles.resolve("letters.yaml"), """
                extends: balanced
                description: Balanced, with pairs of letters.
                embedding:
                  use: bigram
                  letters: 20
                """);
        distribution.with("GEOTHERM_PROFILES", profiles.toString());
        assertThat(distribution.run("profile", "list").succeeds().out()).contains("letters");
        assertThat(distribution.run("profile", "show", "letters").succeeds().out())
                .containsPattern("embedding\\.letters +20 +profile letters");

        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 50, 5);
        Path out = scratch.resolve("out");
        distribution
                .run("run", corpus.toString(), "--out", out.toString(), "--profile", "letters", "-q")
                .succeeds();
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.at("/components/embedding/use").asText()).isEqualTo("bigram");
        assertThat(report.at("/components/embedding/metrics/texts/value").asLong())
                .isGreaterThanOrEqualTo(55);
    }

    @Test
    void commonsPool_isUnpackedChosenAndUsed() throws Exception {
        Path home = scratch.resolve("geotherm");
        copy(Path.of(System.getProperty("geotherm.distribution")), home);
        CommonsPoolExtension.unpackInto(home.resolve("plugins"));
        Distribution distribution = new Distribution(home, scratch);
        assertThat(distribution.run("plugins").succeeds().out())
                .contains("commons-pool2", "keep their objects in Apache Commons Pool", "geotherm-commons-pool2");
        assertThat(distribution
                        .run("profile", "show", "balanced", "--set", "pool.use=commons-pool2")
                        .succeeds()
                        .out())
                .containsPattern("pool\\.use +commons-pool2 +--set");

        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 50, 5);
        Path out = scratch.resolve("out");
        distribution
                .run("run", corpus.toString(), "--out", out.toString(), "--set", "pool.use=commons-pool2", "-q")
                .succeeds();
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.at("/components/pool/use").asText()).isEqualTo("commons-pool2");
        assertThat(report.at("/components/pool/instances").toString()).contains("anchors", "vectors");
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
        assertThat(distribution.run("profile", "show", "balanced").succeeds().err())
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
        Distribution distribution = new Distribution(scratch).with("GEOTHERM_PLUGINS", plugins.toString());
        Distribution.Ended shown = distribution
                .run("profile", "show", "balanced", "--set", "embedding.use=bigram")
                .succeeds();
        assertThat(shown.err()).contains("warning: the plugin", "broken.jar is not a readable jar");
        assertThat(distribution
                        .run("profile", "show", "balanced", "--set", "embedding.use=missing")
                        .fails(1)
                        .err())
                .contains("unknown embedding implementation 'missing'", "left out: the plugin", "broken.jar");
        assertThat(distribution.run("plugins").fails(1).out()).contains("bigram");
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path each : tree.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
