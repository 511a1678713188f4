package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Signals at every moment of a run; {@code stop} is what the JVM calls when it receives one. */
class StopSignalTest {
    private final AtomicInteger messages = new AtomicInteger();

    @Test
    void stop_waitsForTheRunAndTellsHowToContinue() {
        CompletableFuture<Void> jvm;
        try (StopSignal signal = new StopSignal(messages::incrementAndGet)) {
            assertThat(signal.isRequested()).isFalse();
            jvm = CompletableFuture.runAsync(signal::stop);
            Awaitility.await().until(signal::isRequested);
            assertThat(jvm).isNotDone();
            assertThat(messages).hasValue(0);
        }
        jvm.join();
        assertThat(messages).hasValue(1);
    }

    @Test
    void stop_afterTheRunHasCompletedSaysNothing() {
        CompletableFuture<Void> jvm;
        try (StopSignal signal = new StopSignal(messages::incrementAndGet)) {
            signal.complete();
            jvm = CompletableFuture.runAsync(signal::stop); // while the results are closed
            Awaitility.await().until(signal::isRequested);
        }
        jvm.join();
        assertThat(messages).hasValue(0);
    }

    @Test
    void close_twiceOrWhileTheJvmEndsIsHarmless() {
        StopSignal signal = new StopSignal(messages::incrementAndGet);
        signal.close();
        signal.close();
        assertThat(messages).hasValue(0);
    }
}
