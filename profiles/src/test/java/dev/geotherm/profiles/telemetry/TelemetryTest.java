package dev.geotherm.profiles.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.Fakes;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.ThreadsLeft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class TelemetryTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final Instant start = clock.instant();

    @BeforeEach
    @AfterEach
    void reset() {
        Fakes.reset();
    }

    private Platform start(String... sets) {
        Configuration configuration = Configuration.bind(
                Profiles.builtIn(),
                "balanced",
                Overrides.of(Map.of(), Arrays.asList(sets)),
                Discovery.of(Plugins.none()));
        return Platform.start(configuration, folder, clock);
    }

    @Test
    void headlineFiguresSumUpWhatHasNames() {
        try (Platform platform = start()) {
            Map<String, Number> figures = platform.telemetry().latest().figures();
            assertThat(figures)
                    .containsEntry("pool.opened", 2L)
                    .containsEntry("pool.created", 12L)
                    .containsEntry("pool.waited", 3.0)
                    .containsEntry("diff.changes", 9L)
                    .containsEntry("diff.diffTime", 0.02)
                    .containsEntry("retrieval.searches", 0L);
            assertThat(figures.keySet()).noneMatch(key -> key.startsWith("pool.anchors."));
        }
    }

    @Test
    void inDetailEachNameHasItsFigures() {
        try (Platform platform = start("telemetry.detail=true")) {
            assertThat(platform.telemetry().latest().figures())
                    .containsEntry("pool.created", 12L)
                    .containsEntry("pool.anchors.created", 5L)
                    .containsEntry("pool.vectors.created", 7L);
        }
    }

    @Test
    void lookingTakesNoSampleAndClosingTakesOne() {
        Platform platform = start();
        assertThat(platform.telemetry().latest().time()).isEqualTo(start);
        assertThat(platform.telemetry().samples()).isEmpty();
        platform.close();
        assertThat(platform.telemetry().samples()).hasSize(1);
        clock.advance(Duration.ofSeconds(9));
        assertThat(platform.telemetry().latest())
                .isEqualTo(platform.telemetry().samples().get(0));
        assertThat(folder.resolve("telemetry.jsonl")).doesNotExist();
    }

    @Test
    void inRealTimeSamplesComeByThemselvesUntilTheEnd() {
        Platform platform = start("telemetry.realTime=true");
        assertThat(ThreadsLeft.of("telemetry")).hasSizeLessThanOrEqualTo(1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> platform.telemetry().samples().size() >= 2);
        platform.close();
        ThreadsLeft.assertNone("telemetry");
        int size = platform.telemetry().samples().size();
        platform.telemetry().sample();
        assertThat(platform.telemetry().samples()).hasSize(size);
    }

    @Test
    void samplesOlderThanTheRetentionAreDropped() {
        try (Platform platform = start("telemetry.retention=10s")) {
            for (int i = 0; i <= 15; i++) {
                platform.telemetry().sample();
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(platform.telemetry().samples())
                    .hasSize(11)
                    .extracting(Sample::time)
                    .first()
                    .isEqualTo(start.plusSeconds(5));
        }
    }

    @Test
    void aLongRunIsKeptMoreCoarsely() {
        try (Platform platform = start("telemetry.retention=1000d")) {
            for (int i = 0; i < Telemetry.MAX_KEPT + 10; i++) {
                platform.telemetry().sample();
                clock.advance(Duration.ofSeconds(1));
            }
            List<Sample> samples = platform.telemetry().samples();
            assertThat(samples).hasSizeBetween(Telemetry.MAX_KEPT / 2, Telemetry.MAX_KEPT);
            assertThat(samples.get(samples.size() - 1).time())
                    .isEqualTo(clock.instant().minusSeconds(1));
            assertThat(samples.get(0).time()).isBefore(start.plusSeconds(10));
            assertThat(samples).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
        }
    }

    @Test
    void exportAppendsALineForEachSample() throws Exception {
        Path file = folder.resolve("telemetry.jsonl");
        Files.writeString(file, "{\"time\":\"before\"}\n");
        Platform platform = start("telemetry.export=true");
        platform.telemetry().sample();
        assertThat(Files.readAllLines(file)).hasSize(2);
        platform.close();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3).first().isEqualTo("{\"time\":\"before\"}");
        JsonNode line = new ObjectMapper().readTree(lines.get(2));
        assertThat(line.get("time").asText()).isEqualTo(start.toString());
        assertThat(line.get("figures").get("pool.created").asInt()).isEqualTo(12);
    }

    @Test
    void aComponentWithoutFiguresDoesNotTakeThoseOfOthersAway() {
        try (Platform platform = start()) {
            Fakes.FAIL_ON_METRICS.add(ComponentKind.POOL);
            assertThat(platform.telemetry().latest().figures())
                    .containsKey("diff.changes")
                    .doesNotContainKey("pool.created");
            Fakes.FAIL_ON_METRICS.clear();
            assertThat(platform.telemetry().latest().figures()).containsKey("pool.created");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsReportedAtTheEndAndStopsNothingElse() throws Exception {
        Files.createSymbolicLink(folder.resolve("telemetry.jsonl"), Path.of("/dev/full"));
        Platform platform = start("telemetry.export=true");
        platform.telemetry().sample();
        assertThatThrownBy(platform::close)
                .hasMessageContaining("cannot finish telemetry")
                .hasMessageContaining("2 samples could not be written to " + folder.resolve("telemetry.jsonl"));
        assertThat(platform.telemetry().samples()).hasSize(2);
        assertThat(Fakes.JOURNAL).hasSize(14);
    }
}
