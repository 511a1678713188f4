package dev.geotherm.batch;

import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationProgress;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job with its threads: workers that evaluate, and one that writes.
 *
 * <p>Workers hand their results over through a short queue, so that no more is lost with the process than a few batches, and
 * wait for the writer when it is slower than they are.
 */
final class LocalEvaluation implements Evaluation {
    private static final Logger log = LoggerFactory.getLogger(LocalEvaluation.class);
    private static final Duration FOREVER = Duration.ofDays(100_000);

    private final String id;
    private final Schedule schedule;
    private final @Nullable WorkerTuner tuner;
    private final BatchRunner<?, ?> runner;
    private final JobWriter output;
    private final Closeable journal;
    private final Progress progress;
    private final Runnable onEnd;
    private final BlockingQueue<Message> messages;
    private final Thread writer;
    private final List<Thread> workers = new ArrayList<>();
    private volatile @Nullable EvaluationReport report;

    /**
     * Prepares the job; nothing runs before {@link #start()}.
     *
     * @param threads how the names of the threads begin
     * @param count how many workers there are
     * @param tuner says how many of them work, or null for all
     * @param journal is closed at the end
     * @param onEnd is run at the end, when files are closed
     */
    LocalEvaluation(
            String id,
            String threads,
            int count,
            Schedule schedule,
            @Nullable WorkerTuner tuner,
            BatchRunner<?, ?> runner,
            JobWriter output,
            Closeable journal,
            Progress progress,
            Runnable onEnd) {
        this.id = id;
        this.schedule = schedule;
        this.tuner = tuner;
        this.runner = runner;
        this.output = output;
        this.journal = journal;
        this.progress = progress;
        this.onEnd = onEnd;
        this.messages = new ArrayBlockingQueue<>(Math.max(1, count));
        this.writer = daemon(threads + "-writer", this::write);
        for (int i = 0; i < count; i++) {
            int number = i;
            workers.add(daemon(threads + "-worker-" + i, () -> work(number)));
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        writer.start();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public EvaluationProgress progress() {
        EvaluationReport ended = report;
        return ended == null ? progress.now() : ended.progress();
    }

    @Override
    public void cancel() {
        schedule.stop();
    }

    @Override
    public EvaluationReport await() throws InterruptedException {
        return await(FOREVER).orElseThrow();
    }

    @Override
    public Optional<EvaluationReport> await(Duration limit) throws InterruptedException {
        if (isOwn(Thread.currentThread())) {
            throw new IllegalStateException("a function or listener of job " + id
                    + " waits for the job's end, which waits for it; wait in another thread");
        }
        long nanos = (limit.compareTo(FOREVER) > 0 ? FOREVER : limit).toNanos();
        long start = System.nanoTime();
        for (long left = nanos; writer.isAlive() && left > 0; left = nanos - (System.nanoTime() - start)) {
            writer.join(left / 1_000_000, (int) (left % 1_000_000));
        }
        return writer.isAlive() ? Optional.empty() : Optional.ofNullable(report);
    }

    /** Waits for the end, however often the caller is interrupted; not if the caller is one of the job's threads. */
    void join() {
        if (isOwn(Thread.currentThread())) {
            return;
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether every thread of the job has ended. */
    boolean isOver() {
        return !writer.isAlive();
    }

    private boolean isOwn(Thread thread) {
        return thread == writer || workers.contains(thread);
    }

    /** What a worker tells: the result of a batch, or that it ended, and why if there still was work. */
    private record Message(
            BatchRunner.@Nullable Result result, @Nullable Throwable failure) {}

    private void work(int number) {
        Throwable failure = null;
        try {
            for (int[] batch = schedule.take(number); batch != null; batch = schedule.take(number)) {
                BatchRunner.Result result = runner.evaluate(batch);
                Thread.interrupted(); // left by the function, and not meant for us
                messages.put(new Message(result, null));
            }
        } catch (Throwable e) { // whatever it is, the writer must not wait for this worker
            failure = e;
        }
        Thread.interrupted();
        try {
            messages.put(new Message(null, failure));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts workers", e);
        }
    }

    private void write() {
        Status status = Status.FAILED;
        String error = null;
        try (journal) {
            Throwable failure = evaluate();
            output.checkpoint();
            if (failure == null) {
                status = output.end();
            } else {
                error = text(failure);
            }
        } catch (Throwable e) { // whatever it is, whoever waits gets a report
            status = Status.FAILED;
            error = text(e);
        }
        if (error != null) {
            log.error("Job {} failed: {}", id, error);
        }
        onEnd.run();
        report = progress.report(id, status, error);
    }

    /** Returns when all workers have ended: what stopped them too early, or null. */
    private @Nullable Throwable evaluate() throws InterruptedException {
        Throwable failure = null;
        int alive = 0;
        try {
            for (Thread worker : workers) {
                worker.start();
                alive++;
            }
        } catch (Throwable e) { // the system gives no more threads: those that run must be ended
            failure = e;
        }
        while (alive > 0) {
            if (failure != null) {
                schedule.stop();
            }
            Message message = messages.take();
            BatchRunner.Result result = message.result();
            if (result == null) {
                alive--;
                failure = failure == null ? message.failure() : failure;
                continue;
            }
            try {
                output.write(result);
                tune(result.outcomes().size());
            } catch (Throwable e) { // a full disk, most likely: the workers must still be ended
                failure = failure == null ? e : failure;
            }
        }
        return failure;
    }

    private void tune(int items) {
        if (tuner != null) {
            schedule.allow(tuner.onBatch(items, System.nanoTime()));
        }
    }

    private static String text(Throwable e) {
        String message = e.getMessage();
        return e instanceof EvaluationException && message != null ? message : e.toString();
    }
}
