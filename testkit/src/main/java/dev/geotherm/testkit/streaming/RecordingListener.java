package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that records its events and how many calls overlapped. */
class RecordingListener implements PipelineListener<String> {
    final List<List<BackpressureLevel>> levels = new CopyOnWriteArrayList<>();
    final List<List<PipelineState>> states = new CopyOnWriteArrayList<>();
    final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
    final List<DeadLetter<String>> letters = new CopyOnWriteArrayList<>();
    final List<Throwable> unavailable = new CopyOnWriteArrayList<>();
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger mostInside = new AtomicInteger();

    @Override
    public void onLevel(BackpressureLevel from, BackpressureLevel to) {
        record(() -> levels.add(List.of(from, to)));
    }

    @Override
    public void onState(PipelineState from, PipelineState to) {
        record(() -> states.add(List.of(from, to)));
    }

    @Override
    public void onBatch(int size, int failed, Duration took) {
        record(() -> batches.add(List.of(size, failed)));
    }

    @Override
    public void onUnavailable(Throwable error, Duration retryIn) {
        record(() -> unavailable.add(error));
    }

    @Override
    public void onDeadLetter(DeadLetter<String> letter) {
        record(() -> letters.add(letter));
    }

    private void record(Runnable event) {
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            event.run();
        } finally {
            inside.decrementAndGet();
        }
    }
}
