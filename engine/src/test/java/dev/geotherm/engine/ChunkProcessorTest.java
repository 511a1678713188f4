package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.profiles.runtime.Platform;
import java.lang.reflect.Field;
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

/** The attempts of a chunk, and the engine's memory of documents. */
class ChunkProcessorTest {
    @TempDir
    Path scratch;

    private Platform platform;
    private StoreGenerations generations;
    private final PendingDocument document =
            new PendingDocument(SourceKey.of("list"), "d", Hash128.of("steam"), List.of(Hash128.of("", "steam")), 0);

    @BeforeEach
    void start() {
        platform = TestPlatform.start(scratch.resolve("work"));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void process_retriedChunkIsStoredOnce() throws Exception {
        withProcessor(processor -> {
            store().begin(document);
            processor.process(batch(), store());
            processor.process(batch(), store());
            assertThat(platform.anchors().metrics().ingested()).isEqualTo(1);
            assertThat(store().ledger().find("list", "d").orElseThrow().isComplete())
                    .isTrue();
        });
    }

    @Test
    void process_lateAttemptOfAFailedChunkChangesNothing() throws Exception {
        withProcessor(processor -> {
            store().begin(document);
            store().fail(batch().fragments().get(0).content());
            processor.process(batch(), store());
            assertThat(platform.anchors().metrics().ingested()).isZero();
            assertThat(store().ledger().find("list", "d").orElseThrow().isComplete())
                    .isFalse();
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
        void with(ChunkProcessor processor) throws Exception;
    }

    private KnowledgeStore store() {
        return generations.current();
    }

    private void withProcessor(Step step) throws Exception {
        try (KnowledgeFolder folder = KnowledgeFolder.open(scratch.resolve("knowledge"));
                StoreGenerations opened = new StoreGenerations(
                        platform, folder, EngineSettings.defaults().splitter(platform.embedder()), true);
                ChunkProcessor processor = new ChunkProcessor(platform.pools(), platform.embedder())) {
            generations = opened;
            step.with(processor);
        }
    }

    private Batch<Chunk> batch() {
        Chunk chunk = new Chunk(document, 0, new DocumentChunks.Text("", "steam", 0, 5), null, Instant.EPOCH);
        Fragment<Chunk> fragment = new Fragment<>(chunk.id(), chunk, Priority.NORMAL, chunk.at(), Map.of());
        return new Batch<>() {
            @Override
            public List<Fragment<Chunk>> fragments() {
                return List.of(fragment);
            }

            @Override
            public void fail(Fragment<Chunk> failed, Throwable error) {
                throw new AssertionError(error);
            }

            @Override
            public void deadLetter(Fragment<Chunk> failed, Throwable error) {
                throw new AssertionError(error);
            }

            @Override
            public void unchanged(Fragment<Chunk> fragment) {
                throw new AssertionError(fragment);
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
