package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.failIds;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static dev.geotherm.testkit.streaming.PipelineFixture.inBackground;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.streaming.PipelineFixture.BackgroundTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clauses about fragments with the same key, which are processed in order of acceptance. */
abstract class KeyClauses {
    private static final int KEYS = 4;
    private static final int VERSIONS = 40;

    /** A short close timeout, for implementations that hold a fragment back forever. */
    private static final PipelineShape ONE_ATTEMPT =
            PipelineShape.DEFAULT.withMaxRetries(0).withCloseTimeout(Duration.ofMillis(20));

    @TempDir
    Path folder;

    private final PipelineFixture fixture;

    KeyClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    /** Returns the part of an id before the colon; null if there is no colon. */
    private static @Nullable String key(Fragment<String> fragment) {
        int colon = fragment.id().indexOf(':');
        return colon < 0 ? null : fragment.id().substring(0, colon);
    }

    private IngestionPipeline<String> open(PipelineShape shape, FragmentProcessor<String> processor) {
        return fixture.open(
                fixture.create(shape), PipelineSpec.of("keyed", processor).withKey(KeyClauses::key));
    }

    private ControllableProcessor failingOnce(String id) {
        Set<String> failed = new HashSet<>();
        return ControllableProcessor.blocked(batch -> {
            if (failed.isEmpty()
                    && batch.fragments().stream().anyMatch(one -> one.id().equals(id))) {
                failed.add(id);
                failIds(batch, id);
            }
        });
    }

    @Test
    void key_batchHasOneFragmentOfEach() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline = open(PipelineShape.DEFAULT, processor);
        fixture.plug(pipeline, processor);
        for (String id : List.of("a:1", "a:2", "b:1", "none", "a:3", "b:2", "none")) {
            pipeline.put(fragment(id));
        }
        processor.release();
        fixture.drain(pipeline);

        assertThat(processor.batches.stream()
                        .map(batch -> batch.stream().sorted().toList()))
                .containsExactlyElementsOf(
                        fixture.can(PipelinesCapability.ORDERS_KEYS)
                                ? List.of(
                                        List.of("plug"),
                                        List.of("a:1", "b:1", "none", "none"),
                                        List.of("a:2", "b:2"),
                                        List.of("a:3"))
                                : List.of(List.of("plug"), List.of("a:1", "a:2", "a:3", "b:1", "b:2", "none", "none")));
    }

    @Test
    void key_orderHoldsWithSeveralWorkersAndFailures() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.ORDERS_KEYS), "keys are ignored");
        RandomCases.run(2, this::processVersions);
    }

    private void processVersions(Random random) throws Exception {
        Set<String> inside = ConcurrentHashMap.newKeySet();
        List<String> overlaps = new CopyOnWriteArrayList<>();
        Map<String, List<Integer>> processed = new ConcurrentHashMap<>();
        Random dice = new Random(random.nextLong());
        PipelineShape shape = PipelineShape.DEFAULT
                .withCapacity(16)
                .withMaxRetries(1_000)
                .withWorkers(fixture.can(PipelinesCapability.SEVERAL_WORKERS) ? 4 : 1);
        IngestionPipeline<String> pipeline = open(shape, batch -> {
            batch.fragments().stream().filter(one -> !inside.add(key(one))).forEach(one -> overlaps.add(one.id()));
            LockSupport.parkNanos(50_000);
            boolean throwing = dice.nextInt(4) == 0;
            for (Fragment<String> one : batch.fragments()) {
                if (!throwing && dice.nextInt(4) == 0) {
                    batch.fail(one, new Exception("planted"));
                } else if (!throwing) {
                    processed
                            .computeIfAbsent(key(one), key -> new CopyOnWriteArrayList<>())
                            .add(Integer.valueOf(one.id().substring(2)));
                }
            }
            batch.fragments().forEach(one -> inside.remove(key(one)));
            if (throwing) {
                throw new IllegalStateException("planted");
            }
        });
        pipeline.pause(); // so that several fragments of a key wait
        List<BackgroundTask<Boolean>> producers = new ArrayList<>();
        for (int k = 0; k < KEYS; k++) {
            String key = String.valueOf((char) ('a' + k));
            Random priorities = new Random(random.nextLong());
            producers.add(inBackground(() -> {
                for (int version = 0; version < VERSIONS; version++) {
                    pipeline.put(fragment(key + ":" + version, Priority.ofLevel(1 + priorities.nextInt(5))));
                }
                return true;
            }));
        }
        fixture.eventually(() -> pipeline.metrics().queued() >= shape.capacity());
        pipeline.resume();
        for (BackgroundTask<Boolean> producer : producers) {
            fixture.get(producer.result());
        }
        fixture.drain(pipeline);
        pipeline.close();

        assertThat(overlaps).as("fragments whose key was in two batches").isEmpty();
        assertThat(processed).hasSize(KEYS);
        assertThat(processed.values())
                .allSatisfy(versions -> assertThat(versions).hasSize(VERSIONS).isSorted());
        assertThat(pipeline.metrics().processed()).isEqualTo(KEYS * VERSIONS);
    }

    @Test
    void key_retryHoldsBackOnlyTheLaterFragmentsOfItsKey() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.ORDERS_KEYS), "keys are ignored");
        ControllableProcessor processor = failingOnce("a:1");
        IngestionPipeline<String> pipeline =
                open(PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1)), processor);
        fixture.plug(pipeline, processor);
        for (String id : List.of("a:1", "a:2", "b:1", "b:2")) {
            pipeline.put(fragment(id));
        }
        processor.release();
        fixture.drain(pipeline);

        List<String> ids = processor.ids();
        assertThat(ids).hasSize(6);
        assertThat(ids.subList(0, 2)).containsExactly("plug", "a:1");
        assertThat(ids.lastIndexOf("a:1")).as("the retry").isGreaterThan(ids.indexOf("b:1"));
        assertThat(ids.indexOf("a:2")).isGreaterThan(ids.lastIndexOf("a:1"));
        assertThat(ids.indexOf("b:2")).isGreaterThan(ids.indexOf("b:1"));
    }

    @Test
    void key_deadFragmentReleasesItsKey() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.ORDERS_KEYS), "keys are ignored");
        ControllableProcessor processor = ControllableProcessor.blocked(batch -> failIds(batch, "a:1"));
        IngestionPipeline<String> pipeline = open(ONE_ATTEMPT, processor);
        fixture.plug(pipeline, processor);
        CompletionStage<Outcome> dead = pipeline.submit(fragment("a:1"));
        CompletionStage<Outcome> next = pipeline.submit(fragment("a:2"));
        processor.release();

        assertThat(fixture.get(dead)).isInstanceOf(Outcome.Dead.class);
        assertThat(fixture.get(next)).isEqualTo(new Outcome.Processed(1));
    }

    @Test
    void key_orderHoldsAcrossPriorities() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.ORDERS_KEYS), "keys are ignored");
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline =
                open(PipelineShape.DEFAULT.withBatches(1, 1, Duration.ofHours(1)), processor);
        fixture.plug(pipeline, processor);
        pipeline.put(fragment("a:1", Priority.LOW));
        pipeline.put(fragment("a:2", Priority.HIGHEST));
        pipeline.put(fragment("b:1", Priority.NORMAL));
        processor.release();
        fixture.drain(pipeline);

        assertThat(processor.ids()).containsExactly("plug", "b:1", "a:1", "a:2");
    }

    @Test
    void key_orderHoldsWhenABatchIsIsolatedByHalving() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.ORDERS_KEYS), "keys are ignored");
        ControllableProcessor processor = ControllableProcessor.blocked(KeyClauses::throwForTheFirstOfA);
        IngestionPipeline<String> pipeline = open(ONE_ATTEMPT, processor);
        fixture.plug(pipeline, processor);
        for (String id : List.of("a:1", "b:1", "c:1", "d:1", "a:2", "b:2", "c:2", "d:2")) {
            pipeline.put(fragment(id));
        }
        processor.release();
        fixture.drain(pipeline);

        List<String> ids = processor.ids();
        for (String key : List.of("a", "b", "c", "d")) {
            assertThat(ids.indexOf(key + ":2")).isGreaterThan(ids.lastIndexOf(key + ":1"));
        }
        assertThat(pipeline.metrics().processed()).isEqualTo(8);
        assertThat(pipeline.metrics().dead()).isEqualTo(1);
    }

    private static void throwForTheFirstOfA(Batch<String> batch) {
        if (batch.fragments().stream().anyMatch(one -> one.id().equals("a:1"))) {
            throw new IllegalStateException("planted");
        }
    }

    @Test
    void key_fragmentsHeldBackHaveAnOutcomeAfterClose() throws Exception {
        ControllableProcessor processor = ControllableProcessor.blocked();
        IngestionPipeline<String> pipeline =
                open(PipelineShape.DEFAULT.withCloseTimeout(Duration.ofMillis(20)), processor);
        fixture.plug(pipeline, processor);
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            outcomes.add(pipeline.submit(fragment("a:" + i)));
        }
        assertThat(pipeline.metrics().queued()).isEqualTo(5);
        pipeline.close();

        for (CompletionStage<Outcome> outcome : outcomes) {
            assertThat(fixture.get(outcome))
                    .isInstanceOf(fixture.handsBack() ? Outcome.HandedBack.class : Outcome.Dead.class);
        }
        assertThat(pipeline.metrics().queued()).isZero();
    }

    @Test
    void key_orderHoldsWhenTheJournalIsRecovered() throws Exception {
        assumeTrue(fixture.can(PipelinesCapability.ORDERS_KEYS), "keys are ignored");
        assumeTrue(fixture.can(PipelinesCapability.JOURNAL), "nothing is recovered");
        PipelineShape shape = PipelineShape.DEFAULT.withJournal();
        ControllableProcessor blocked = ControllableProcessor.blocked();
        IngestionPipelines first = fixture.create(shape.withCloseTimeout(Duration.ofMillis(20)));
        IngestionPipeline<String> pipeline = openJournaled(first, blocked);
        for (int i = 0; i < 5; i++) {
            pipeline.put(fragment("a:" + i, Priority.ofLevel(1 + i)));
            pipeline.put(fragment("b:" + i, Priority.ofLevel(5 - i)));
        }
        first.close();
        blocked.release();

        ControllableProcessor processor = ControllableProcessor.unblocked(batch -> {});
        IngestionPipeline<String> next = openJournaled(fixture.create(shape), processor);
        fixture.drain(next);
        List<String> ids = new ArrayList<>(processor.ids());
        ids.removeIf(id -> id.startsWith("b"));
        assertThat(ids).containsExactly("a:0", "a:1", "a:2", "a:3", "a:4");
        assertThat(processor.ids().stream().filter(id -> id.startsWith("b")))
                .containsExactly("b:0", "b:1", "b:2", "b:3", "b:4");
    }

    private IngestionPipeline<String> openJournaled(IngestionPipelines component, FragmentProcessor<String> processor) {
        return component.open(PipelineSpec.of("keyed", processor)
                .withKey(KeyClauses::key)
                .withJournal(folder.resolve("journal"), ContentCodec.text()));
    }
}
