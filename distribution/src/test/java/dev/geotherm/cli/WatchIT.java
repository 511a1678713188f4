package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that watches a folder until a signal ends it. */
class WatchIT {
    @TempDir
    Path scratch;

    @Test
    @Timeout(300)
    void watch_printsALineForEachIngestionAndEndsCleanlyOnTerm() throws Exception {
        Path docs = Files.createDirectory(scratch.resolve("docs"));
        Path folder = scratch.resolve("knowledge");
        Files.writeString(docs.resolve("vent.txt"), "Steam rises from the vent.");
        Distribution.Running running = new Distribution(scratch)
                .start("ingest", docs.toString(), "--into", folder.toString(), "--watch", "--json", "-q");
        try {
            awaitSum(running, "added", 1);
            Files.writeString(docs.resolve("lava.txt"), "Lava is hot.");
            awaitSum(running, "added", 2);
            Files.delete(docs.resolve("vent.txt"));
            awaitSum(running, "removed", 1);
        } finally {
            running.process().destroy();
        }
        Ended ended = running.await();
        assertThat(ended.code()).as(ended.err()).isEqualTo(143);
        assertThat(ended.err()).isEmpty();
        Ended found = new InProcess(scratch.resolve("home")).run("search", folder.toString(), "steam lava", "--json");
        assertThat(Json.MAPPER.readTree(found.out()).findValuesAsText("document"))
                .containsExactly("lava.txt");
    }

    private static void awaitSum(Distribution.Running running, String count, long sum) {
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            assertThat(running.process().isAlive())
                    .as(Files.readString(running.err()))
                    .isTrue();
            assertThat(events(running).stream()
                            .mapToLong(event -> event.path(count).asLong())
                            .sum())
                    .isEqualTo(sum);
        });
    }

    private static List<JsonNode> events(Distribution.Running running) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(running.out())) {
            events.add(Json.MAPPER.readTree(line));
        }
        return events;
    }
}
