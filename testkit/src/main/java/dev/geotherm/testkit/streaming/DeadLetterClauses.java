package dev.geotherm.testkit.streaming;

import static dev.geotherm.testkit.streaming.PipelineFixture.failIds;
import static dev.geotherm.testkit.streaming.PipelineFixture.fragment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineSpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Clauses about dead letters: they are kept, and can be replayed and removed. */
abstract class DeadLetterClauses {
    private static final PipelineShape ONCE = PipelineShape.DEFAULT.withMaxRetries(0);

    private final PipelineFixture fixture;

    DeadLetterClauses(PipelineFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void deadLetter_isKeptWhenTheListenerReceivesIt() throws Exception {
        List<Integer> kept = new CopyOnWriteArrayList<>();
        DeadLetters<String> letters = DeadLetters.inMemory(10);
        IngestionPipeline<String> pipeline = fixture.create(ONCE)
                .open(fixture.specification(PipelineSpec.<String>of("clause", batch -> failIds(batch, "a", "b")))
                        .withDeadLetters(letters)
                        .withListener(new PipelineListener<>() {
                            @Override
                            public void onDeadLetter(DeadLetter<String> letter) {
                                kept.add(letters.size());
                            }
                        }));

        pipeline.put(fragment("a"));
        pipeline.put(fragment("good"));
        pipeline.put(fragment("b"));

        fixture.eventually(() -> kept.size() == 2);
        assertThat(kept).allSatisfy(size -> assertThat(size).isPositive());
        assertThat(pipeline.deadLetters().list())
                .extracting(letter -> letter.fragment().id())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(pipeline.deadLetters().list())
                .allSatisfy(letter -> assertThat(letter.error()).hasMessageStartingWith("planted for"));
    }

    @Test
    void deadLetter_thatCannotBeKeptIsReceivedByTheListener() throws Exception {
        RecordingListener listener = new RecordingListener();
        IngestionPipeline<String> pipeline = fixture.create(ONCE)
                .open(fixture.specification(PipelineSpec.<String>of("clause", batch -> failIds(batch, "a")))
                        .withDeadLetters(new FullStore())
                        .withListener(listener));

        pipeline.put(fragment("a"));

        fixture.eventually(() -> listener.letters.size() == 1);
        assertThat(listener.letters.get(0).fragment()).isEqualTo(fragment("a"));
    }

    @Test
    void replay_processesTheFragmentsAgainAndRemovesTheirLetters() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        List<String> processed = new CopyOnWriteArrayList<>();
        IngestionPipeline<String> pipeline = fixture.open(
                ONCE,
                batch -> {
                    failIf(broken.get(), batch);
                    batch.fragments().forEach(one -> processed.add(one.id()));
                },
                new RecordingListener());
        pipeline.put(fragment("a"));
        pipeline.put(fragment("b"));
        fixture.eventually(() -> pipeline.deadLetters().size() == 2);
        broken.set(false);
        processed.clear();

        assertThat(pipeline.replayDeadLetters()).isEqualTo(2);
        fixture.drain(pipeline);

        assertThat(processed).containsExactlyInAnyOrder("a", "b");
        assertThat(pipeline.deadLetters().list()).isEmpty();
        assertThat(pipeline.metrics().accepted()).isEqualTo(4);
    }

    @Test
    void replay_ofAClosedPipelineKeepsTheLetters() throws Exception {
        IngestionPipeline<String> pipeline = fixture.open(ONCE, batch -> failIf(true, batch), new RecordingListener());
        pipeline.put(fragment("a"));
        fixture.eventually(() -> pipeline.deadLetters().size() == 1);
        pipeline.close();

        assertThatIllegalStateException().isThrownBy(pipeline::replayDeadLetters);

        assertThat(pipeline.deadLetters().size()).isEqualTo(1);
    }

    private static void failIf(boolean broken, Batch<String> batch) {
        if (broken) {
            batch.fragments().forEach(one -> batch.fail(one, new Exception("planted for " + one.id())));
        }
    }

    /** A store that refuses every letter. */
    private static final class FullStore implements DeadLetters<String> {
        @Override
        public void add(DeadLetter<String> letter) {
            throw new IllegalStateException("planted: no space");
        }

        @Override
        public List<DeadLetter<String>> list() {
            return List.of();
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public int removeIf(Predicate<? super DeadLetter<String>> selection) {
            return 0;
        }
    }
}
