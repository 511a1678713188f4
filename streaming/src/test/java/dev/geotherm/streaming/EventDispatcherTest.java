package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.FailureLog;
import dev.geotherm.api.streaming.PipelineListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventDispatcherTest {
    private final List<Integer> received = new ArrayList<>();
    private final PipelineListener<String> throwing = new PipelineListener<>() {
        @Override
        public void onBatch(int size, int failed, Duration took) {
            received.add(size);
            throw new IllegalStateException("planted");
        }
    };

    @Test
    void run_aListenerThatAlwaysThrowsIsLoggedAtEachDoubling() {
        List<String> logged = new ArrayList<>();
        run(new FailureLog("it threw", (message, trace) -> logged.add(message)), 20);
        assertThat(received).hasSize(20);
        assertThat(logged).hasSize(5).last().asString().contains("it threw: 16 times");
    }

    @Test
    void run_anErrorOfTheLogEndsNothing() {
        run(
                new FailureLog("it threw", (message, trace) -> {
                    throw new OutOfMemoryError("planted");
                }),
                3);
        assertThat(received).containsExactly(0, 1, 2);
    }

    private void run(FailureLog log, int events) {
        EventDispatcher<String> dispatcher = new EventDispatcher<>(throwing, log);
        for (int i = 0; i < events; i++) {
            int size = i;
            dispatcher.add(listener -> listener.onBatch(size, 0, Duration.ZERO));
        }
        dispatcher.end();
        dispatcher.run();
    }
}
