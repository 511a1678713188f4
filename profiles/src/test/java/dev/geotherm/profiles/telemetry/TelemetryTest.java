package dev.geotherm.profiles.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.Settings;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Measurement;
import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class TelemetryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    enum Level {
        LOW,
        VERY_HIGH
    }

    record QueueMetrics(
            @Metric(type = MetricType.COUNTER, unit = "items", description = "Items taken")
            int taken,

            @Metric(type = MetricType.COUNTER, unit = "seconds", description = "Time spent waiting")
            Duration waited,

            @Metric(type = MetricType.GAUGE, unit = "items", description = "The most items at once")
            int peak,

            @Metric(type = MetricType.GAUGE, description = "Fill of the queue")
            Level level,

            @Metric(type = MetricType.DISTRIBUTION, unit = "seconds", description = "Latency")
            Distribution latency) {}

    record QueuesMetrics(
            Map<String, QueueMetrics> queues,

            @Metric(type = MetricType.COUNTER, unit = "queues", description = "Queues opened")
            long opened) {}

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Instant start = clock.instant();
    private final Map<String, Supplier<Record>> parts = new LinkedHashMap<>();

    {
        QueueMetrics docs = new QueueMetrics(
                5, Duration.ofMillis(500), 9, Level.VERY_HIGH, new Distribution(2, 0.5, 0.1, 0.5, 0.9, 0.9, 0.9));
        QueueMetrics mails = new QueueMetrics(7, Duration.ofMillis(1500), 3, Level.LOW, Distribution.EMPTY);
        parts.put("queue", () -> new QueuesMetrics(Map.of("docs", docs, "mails", mails), 2));
        parts.put("other", () -> new QueuesMetrics(Map.of(), 4));
    }

    private Telemetry telemetry(String... settings) {
        return telemetry(folder, settings);
    }

    private Telemetry telemetry(Path into, String... settings) {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            texts.put(settings[i], settings[i + 1]);
        }
        Telemetry telemetry = new Telemetry(Settings.of(TelemetrySettings.class, texts), () -> parts, clock, scheduler);
        telemetry.start(into);
        return telemetry;
    }

    private static Optional<Object> value(Sample sample, String name, String instance) {
        return sample.find("queue", name, instance).map(Measurement::value);
    }

    @Test
    void latest_withoutDetailTotalsCountersOfInstancesAndNothingElse() {
        Sample sample = telemetry().latest();
        assertThat(value(sample, "opened", "")).contains(2L);
        assertThat(value(sample, "taken", "")).contains(12L);
        assertThat(value(sample, "waited", "")).contains(Duration.ofSeconds(2));
        assertThat(sample.measurements().get("queue"))
                .extracting(Measurement::name)
                .containsExactly("opened", "taken", "waited");
        assertThat(sample.find("queue", "taken", ""))
                .get()
                .extracting(Measurement::unit)
                .isEqualTo("items");
    }

    @Test
    void latest_withDetailHoldsEachInstance() {
        Sample sample = telemetry("detail", "true").latest();
        assertThat(value(sample, "taken", "")).contains(12L);
        assertThat(value(sample, "taken", "docs")).contains(5);
        assertThat(value(sample, "peak", "docs")).contains(9);
        assertThat(value(sample, "level", "docs")).contains(Level.VERY_HIGH);
        assertThat(value(sample, "peak", "")).isEmpty();
        assertThat(value(sample, "taken", "none")).isEmpty();
        assertThat(sample.find("none", "taken", "")).isEmpty();
    }

    @Test
    void latest_keepsNoSampleAndCloseTakesTheLast() {
        Telemetry telemetry = telemetry();
        assertThat(telemetry.latest().time()).isEqualTo(start);
        assertThat(telemetry.samples()).isEmpty();
        telemetry.close();
        assertThat(telemetry.samples()).hasSize(1);
        clock.advance(Duration.ofSeconds(9));
        assertThat(telemetry.latest()).isEqualTo(telemetry.samples().get(0));
        telemetry.close();
        assertThat(telemetry.samples()).hasSize(1);
        assertThat(folder.resolve("telemetry.jsonl")).doesNotExist();
    }

    @Test
    void realTime_samplesEachSecondUntilClose() {
        Telemetry telemetry = telemetry("realTime", "true");
        scheduler.advance(Duration.ofMillis(2500));
        assertThat(telemetry.samples())
                .extracting(Sample::time)
                .containsExactly(start.plusSeconds(1), start.plusSeconds(2));
        telemetry.close();
        assertThat(scheduler.scheduled()).isZero();
        telemetry.sample();
        assertThat(telemetry.samples()).hasSize(3);
    }

    @Test
    void samples_olderThanTheRetentionAreDropped() {
        Telemetry telemetry = telemetry("realTime", "true", "retention", "10s");
        scheduler.advance(Duration.ofSeconds(15));
        assertThat(telemetry.samples())
                .hasSize(11)
                .extracting(Sample::time)
                .first()
                .isEqualTo(start.plusSeconds(5));
        telemetry.close();
    }

    @Test
    void samples_ofALongRunAreKeptMoreCoarsely() {
        parts.remove("queue");
        Telemetry telemetry = telemetry("realTime", "true", "retention", "1000d");
        scheduler.advance(Duration.ofSeconds(Telemetry.MAX_KEPT + 10));
        List<Sample> samples = telemetry.samples();
        assertThat(samples).hasSizeBetween(Telemetry.MAX_KEPT / 2, Telemetry.MAX_KEPT);
        assertThat(samples.get(samples.size() - 1).time()).isEqualTo(clock.instant());
        assertThat(samples.get(0).time()).isBefore(start.plusSeconds(10));
        assertThat(samples).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
        telemetry.close();
    }

    @Test
    void failingPart_isLeftOutAndComesBack() {
        Telemetry telemetry = telemetry();
        Supplier<Record> working = parts.put("queue", () -> {
            throw new IllegalStateException("no metrics today");
        });
        assertThat(telemetry.latest().measurements()).containsOnlyKeys("other");
        parts.put("queue", working);
        assertThat(telemetry.latest().measurements()).containsOnlyKeys("queue", "other");
    }

    @Test
    void export_appendsALineForEachSample() throws Exception {
        Path file = folder.resolve("telemetry.jsonl");
        Files.writeString(file, "{\"time\":\"before\"}\n");
        Telemetry telemetry = telemetry("export", "true", "detail", "true");
        telemetry.sample();
        assertThat(Files.readAllLines(file)).hasSize(2);
        telemetry.close();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3).first().isEqualTo("{\"time\":\"before\"}");
        JsonNode line = JSON.readTree(lines.get(2));
        assertThat(line.get("time").asText()).isEqualTo(start.toString());
        Map<String, JsonNode> values = new HashMap<>();
        line.get("measurements")
                .forEach(each -> values.put(
                        each.get("name").asText() + "/" + each.path("instance").asText(), each));
        assertThat(values.get("queue.taken/docs"))
                .hasToString("{\"name\":\"queue.taken\",\"instance\":\"docs\",\"value\":5,\"unit\":\"items\"}");
        assertThat(values.get("queue.waited/").get("value").asDouble()).isEqualTo(2.0);
        assertThat(values.get("queue.level/docs").get("value").asText()).isEqualTo("very-high");
        assertThat(values.get("queue.latency/docs").get("value").get("p99").asDouble())
                .isEqualTo(0.9);
    }

    @Test
    void export_staysWithinItsSize() throws Exception {
        Telemetry telemetry = telemetry("export", "true", "exportSize", "64KiB", "detail", "true");
        Path file = folder.resolve("telemetry.jsonl");
        Path older = folder.resolve("telemetry.jsonl.1");
        for (int i = 0; i < 200; i++) {
            telemetry.sample();
            assertThat(Files.size(file)).isLessThanOrEqualTo(32 * 1024);
        }
        assertThat(Files.size(older)).isBetween(30L * 1024, 32L * 1024);
        telemetry.close();
        for (String line : Files.readAllLines(older)) {
            assertThat(JSON.readTree(line).has("time")).isTrue();
        }
    }

    @Test
    void export_deletesTheOlderFileAfterTheRetention() throws Exception {
        Path older = Files.writeString(folder.resolve("telemetry.jsonl.1"), "{}\n");
        Telemetry telemetry = telemetry("export", "true", "retention", "10s");
        Files.setLastModifiedTime(older, FileTime.from(clock.instant().minusSeconds(9)));
        telemetry.sample();
        assertThat(older).exists();
        clock.advance(Duration.ofSeconds(2));
        telemetry.sample();
        assertThat(older).doesNotExist();
        telemetry.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void export_onAFullDiskIsReportedAtTheEndAndSamplingContinues() throws Exception {
        Path file = folder.resolve("telemetry.jsonl");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        Telemetry telemetry = telemetry("export", "true");
        telemetry.sample();
        assertThatThrownBy(telemetry::close).hasMessage("2 samples could not be written to " + file);
        assertThat(telemetry.samples()).hasSize(2);
        Files.delete(file);
    }

    @Test
    void export_onADiskThatWasFullForAWhileGoesOnAndReportsWhatIsLost() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 128)) {
            Path file = disk.folder().resolve("telemetry.jsonl");
            Telemetry telemetry = telemetry(disk.folder(), "export", "true", "detail", "true");
            telemetry.sample();
            Path ballast = disk.fill("ballast");
            long lost = 0;
            for (long before = Files.size(file); lost < 2; before = Files.size(file)) {
                telemetry.sample(); // the last page of the file has some space left
                lost += Files.size(file) == before ? 1 : 0;
            }
            Files.delete(ballast);
            telemetry.sample();
            assertThatThrownBy(telemetry::close).hasMessageMatching("[0-9]+ samples could not be written to " + file);
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
            for (String line : lines) {
                assertThat(JSON.readTree(line).has("time")).isTrue();
            }
        }
    }

    @Test
    void export_removesTheTornLineOfACrash() throws Exception {
        Path file = folder.resolve("telemetry.jsonl");
        Files.writeString(file, "{\"time\":\"before\"}\n{\"time\":\"20");
        telemetry("export", "true").close();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(JSON.readTree(lines.get(1)).get("time").asText()).isEqualTo(start.toString());
    }
}
