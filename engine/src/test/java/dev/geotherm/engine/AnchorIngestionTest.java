package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.profiles.runtime.Platform;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attempts of a fragment, and the engine's memory of fragments. */
class AnchorIngestionTest {
    private static final Fragment<String> STEAM =
            new Fragment<>("d#0", "steam", Priority.NORMAL, Instant.EPOCH, Map.of());

    @TempDir
    Path scratch;

    private Platform platform;

    @BeforeEach
    void start() {
        platform = TestPlatform.start(scratch.resolve("work"));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void process_retriedFragmentKeepsItsAnchorAndReinforcesNothing() throws Exception {
        withProcessor(processor -> {
            processor.expect(STEAM.id());
            processor.process(batch(STEAM));
            processor.process(batch(STEAM));
            assertThat(platform.anchors().metrics().ingested()).isEqualTo(1);
        });
    }

    @Test
    void process_lateAttemptOfASettledFragmentChangesNothing() throws Exception {
        withProcessor(processor -> {
            processor.expect(STEAM.id());
            processor.process(batch(STEAM));
            processor.settle(STEAM.id());
            processor.process(batch(STEAM));
            assertThat(platform.anchors().metrics().ingested()).isEqualTo(1);
        });
    }

    @Test
    void collections_doNotGrowWithTheNumberOfFragmentsEverSeen() throws Exception {
        try (Knowledge knowledge = Knowledge.open(platform, scratch.resolve("knowledge"))) {
            knowledge.ingest(ListCorpus.random(10, 0, 1), Progress.none(), Cancellation.never());
            long few = elements(knowledge);
            knowledge.ingest(ListCorpus.random(300, 0, 2), Progress.none(), Cancellation.never());
            assertThat(elements(knowledge)).isEqualTo(few);
        }
    }

    private interface Step {
        void with(AnchorIngestion processor);
    }

    private void withProcessor(Step step) throws Exception {
        Files.createDirectories(scratch);
        try (DeltaLog deltas = new DeltaLog(
                        scratch.resolve("deltas"),
                        () -> platform.anchors().state().snapshot(),
                        platform.differ().codec());
                AnchorIngestion processor = new AnchorIngestion(
                        platform.pools(),
                        platform.embedder(),
                        platform.anchors(),
                        KnowledgeIndex.of(platform),
                        deltas)) {
            step.with(processor);
        }
    }

    private static Batch<String> batch(Fragment<String> fragment) {
        return new Batch<>() {
            @Override
            public List<Fragment<String>> fragments() {
                return List.of(fragment);
            }

            @Override
            public void fail(Fragment<String> failed, Throwable error) {
                throw new AssertionError(error);
            }
        };
    }

    /** Returns how many elements all maps and collections have that the engine's own objects refer to. */
    private static long elements(Object root) throws IllegalAccessException {
        long elements = 0;
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            Object next = left.pop();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof Map<?, ?> map) {
                elements += map.size();
            } else if (next instanceof Collection<?> collection) {
                elements += collection.size();
            } else if (next.getClass().getPackage() == Knowledge.class.getPackage()) {
                for (Field field : next.getClass().getDeclaredFields()) {
                    field.setAccessible(true);
                    Object value = field.get(next);
                    if (value != null) {
                        left.push(value);
                    }
                }
            }
        }
        return elements;
    }
}
