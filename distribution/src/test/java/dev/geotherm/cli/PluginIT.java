package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path each : tree.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
