package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FailureLogTest {
    private final IllegalStateException failure = new IllegalStateException("planted");
    private final List<String> messages = new ArrayList<>();
    private final List<Throwable> traces = new ArrayList<>();
    private final FailureLog failures = new FailureLog("it cannot be written", (message, trace) -> {
        messages.add(message);
        traces.add(trace);
    });

    @Test
    void failed_isLoggedFirstWithItsTraceAndThenAtEachDoubling() {
        for (int i = 0; i < 9; i++) {
            failures.failed(failure);
        }
        assertThat(messages)
                .containsExactly(
                        "it cannot be written: planted",
                        "it cannot be written: 2 times so far, the last time with: " + failure,
                        "it cannot be written: 4 times so far, the last time with: " + failure,
                        "it cannot be written: 8 times so far, the last time with: " + failure);
        assertThat(traces).containsExactly(failure, null, null, null);
    }

    @Test
    void succeeded_isLoggedOnceAfterFailures() {
        failures.succeeded();
        assertThat(messages).isEmpty();
        failures.failed(failure);
        failures.failed(failure);
        failures.succeeded();
        failures.succeeded();
        assertThat(messages).hasSize(3).last().isEqualTo("it cannot be written: 2 failures; works again");
        failures.failed(failure);
        assertThat(traces).last().isSameAs(failure);
    }

    @Test
    void failed_thatCannotBeLoggedIsCountedAndDoesNotThrow() {
        OutOfMemoryError full = new OutOfMemoryError("planted");
        boolean[] isFull = {true};
        FailureLog log = new FailureLog("it cannot be written", (message, trace) -> {
            if (isFull[0]) {
                throw full;
            }
            messages.add(message);
        });
        log.failed(failure);
        assertThat(failure).hasSuppressedException(full);
        log.failed(full); // the same error again
        isFull[0] = false;
        log.succeeded();
        assertThat(messages).containsExactly("it cannot be written: 2 failures; works again");
    }

    @Test
    void succeeded_doesNotThrowWhatTheLogThrows() {
        boolean[] isFull = {false};
        FailureLog log = new FailureLog("it cannot be written", (message, trace) -> {
            if (isFull[0]) {
                throw new OutOfMemoryError("planted");
            }
        });
        log.failed(failure);
        isFull[0] = true;
        assertThatCode(log::succeeded).doesNotThrowAnyException();
    }
}
