package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.Settings;
import dev.geotherm.api.SettingsException;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The upkeep of an engine, driven by hand. */
class UpkeepTest {
    private static final EngineSettings DAILY = upkeep(Duration.ofDays(1), Duration.ZERO);

    @TempDir
    Path scratch;

    private final SettableClock clock = new SettableClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private Platform platform;

    @BeforeEach
    void start() {
        platform = TestPlatform.start(scratch.resolve("work"), clock);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void anchorInterval_decaysAnchorsAndCommitsTheState() throws Exception {
        try (Knowledge knowledge = open(DAILY)) {
            ingest(knowledge);
            long before = knowledge.deltas().revisions();
            assertThat(heat(knowledge)).isEqualTo(0.2);

            scheduler.advance(Duration.ofDays(1));
            assertThat(heat(knowledge)).isCloseTo(0.2 * 0.95, within(1e-6));
            assertThat(knowledge.deltas().revisions()).isEqualTo(before + 1);

            scheduler.advance(Duration.ofDays(2));
            assertThat(heat(knowledge)).isCloseTo(0.2 * 0.95 * 0.95 * 0.95, within(1e-6));
            assertThat(knowledge.deltas().revisions()).isEqualTo(before + 3);
        }
    }

    @Test
    void open_afterADecayCommitsNothing() throws Exception {
        try (Knowledge knowledge = open(DAILY)) {
            ingest(knowledge);
            scheduler.advance(Duration.ofDays(1));
        }
        Map<String, Long> before = files();
        clock.advance(Duration.ofDays(1));
        try (Knowledge knowledge = open(DAILY)) {
            assertThat(knowledge.state().snapshot().toJson().toString()).contains("\"heat\":0.19");
            assertThat(knowledge.anchors()).hasSize(1);
            assertThat(knowledge.deltas().revisions()).isZero();
        }
        assertThat(files()).isEqualTo(before);
    }

    private Map<String, Long> files() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(scratch.resolve("knowledge"))) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(".geotherm"))
                    .forEach(file -> sizes.put(file.toString(), file.toFile().length()));
        }
        return sizes;
    }

    @Test
    void anchorInterval_evictsColdAnchorsFromStateAndLog() throws Exception {
        Path folder = scratch.resolve("knowledge");
        try (Knowledge knowledge = open(DAILY)) {
            ingest(knowledge);
            scheduler.advance(Duration.ofDays(13));
            assertThat(platform.anchors().size()).isEqualTo(1);
            scheduler.advance(Duration.ofDays(1));
            assertThat(platform.anchors().size()).isZero();
            assertThat(knowledge.state().snapshot().toJson().path("anchors").isEmpty())
                    .isTrue();
            assertThat(knowledge.save(Progress.none()).revisions())
                    .isEqualTo(knowledge.deltas().revisions());
        }
        List<String> lines = Files.readAllLines(folder.resolve("generation-1/deltas.jsonl"));
        assertThat(lines.get(lines.size() - 1)).contains("\"remove\"");
    }

    @Test
    void close_savesAStateThatUpkeepChangedAfterASave() throws Exception {
        try (KnowledgeFolder folder = KnowledgeFolder.open(scratch.resolve("knowledge"))) {
            try (Knowledge knowledge = KnowledgeFactory.open(platform, folder, false, DAILY, scheduler)) {
                ingest(knowledge);
                knowledge.save(Progress.none());
                scheduler.advance(Duration.ofDays(1));
            }
            assertThat(Files.readString(folder.draft(KnowledgeFolder.STATE))).contains("0.19");
        }
    }

    @Test
    void refreshInterval_makesNewPassagesSearchable() throws Exception {
        try (Knowledge knowledge = open(upkeep(Duration.ZERO, Duration.ofMinutes(1)))) {
            ingest(knowledge);
            removePassage(knowledge);
            assertThat(knowledge.search("steam", 1)).hasSize(1);
            scheduler.advance(Duration.ofMinutes(1));
            assertThat(knowledge.search("steam", 1)).isEmpty();
        }
    }

    @Test
    void open_runsUpkeepOnTheSchedulerOfThePlatform() throws Exception {
        EngineSettings often = upkeep(Duration.ofMillis(5), Duration.ofMillis(5));
        try (Knowledge knowledge = Knowledge.open(platform, scratch.resolve("knowledge"), often)) {
            ingest(knowledge);
            long before = knowledge.deltas().revisions();
            removePassage(knowledge);
            await().untilAsserted(() -> assertThat(knowledge.search("steam", 1)).isEmpty());
            clock.advance(Duration.ofDays(1));
            await().until(() -> knowledge.deltas().revisions() > before);
            assertThat(heat(knowledge)).isLessThan(0.2);
        }
    }

    @Test
    void close_cancelsEveryTask() {
        Knowledge knowledge = open(EngineSettings.defaults());
        assertThat(scheduler.scheduled()).isEqualTo(2);
        knowledge.close();
        assertThat(scheduler.scheduled()).isZero();
    }

    @Test
    void interval_ofZeroDisablesTheTask() {
        try (Knowledge knowledge = open(upkeep(Duration.ZERO, Duration.ZERO))) {
            assertThat(scheduler.scheduled()).isZero();
        }
    }

    @Test
    void settings_areThoseOfTheProfile() {
        assertThat(TestPlatform.configuration("balanced", List.of("engine.anchorInterval=2h"))
                        .section(EngineSettings.class))
                .isEqualTo(upkeep(Duration.ofHours(2), Duration.ofMinutes(1)));
        assertThatThrownBy(() -> TestPlatform.configuration("balanced", List.of("engine.anchorIntervall=2h")))
                .hasMessageContaining("engine.anchorIntervall: unknown setting 'anchorIntervall'; did you mean"
                        + " 'anchorInterval'?");
    }

    @Test
    void open_takesTheUpkeepOfThePlatform() {
        try (Platform own = TestPlatform.start(
                        scratch.resolve("own"),
                        "engine.anchorInterval=0s",
                        "engine.refreshInterval=0s",
                        "telemetry.detail=true");
                Knowledge knowledge = Knowledge.open(own, scratch.resolve("knowledge"))) {
            assertThat(knowledge.deltas().revisions()).isZero();
            assertThat(own.telemetry().latest().find("platform", "threads", "engine"))
                    .as("no scheduler of the engine, since nothing is scheduled")
                    .hasValueSatisfying(threads -> assertThat(threads.number()).isZero());
        }
    }

    @Test
    void settings_refuseNegativeIntervals() {
        assertThatThrownBy(() ->
                        Settings.of(EngineSettings.class, Map.of("anchorInterval", "-1s", "refreshInterval", "-1s")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("anchorInterval")
                .hasMessageContaining("refreshInterval");
    }

    private static EngineSettings upkeep(Duration anchorInterval, Duration refreshInterval) {
        return EngineSettings.defaults().withUpkeep(anchorInterval, refreshInterval);
    }

    private Knowledge open(EngineSettings settings) {
        return KnowledgeFactory.open(platform, scratch.resolve("knowledge"), settings, scheduler);
    }

    private static void removePassage(Knowledge knowledge) {
        knowledge
                .generations
                .current()
                .index()
                .remove(List.of(SourceKey.of("list").passage("d", 0)));
    }

    private static void ingest(Knowledge knowledge) throws InterruptedException {
        knowledge.ingest(
                ListCorpus.of(ListCorpus.document("d", "Steam rises from the vent.")),
                Progress.none(),
                Cancellation.never());
    }

    private static double heat(Knowledge knowledge) {
        JsonNode anchors = knowledge.state().snapshot().toJson().path("anchors");
        return anchors.elements().next().path("heat").asDouble();
    }
}
