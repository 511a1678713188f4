package dev.geotherm.benchmarks.diff;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A runner of processes that ends a process without output for too long. */
final class Guarded {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "guard");
        thread.setDaemon(true);
        return thread;
    });

    private Guarded() {}

    /** The output of a process, its exit code, and whether it was ended because it printed nothing. */
    record Output(List<String> lines, int exit, boolean ended) {}

    static Output run(Duration silence, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        AtomicBoolean ended = new AtomicBoolean();
        Runnable end = () -> {
            ended.set(true);
            process.destroyForcibly();
        };
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            do {
                ScheduledFuture<?> guard = CLOCK.schedule(end, silence.toMillis(), TimeUnit.MILLISECONDS);
                line = reader.readLine();
                guard.cancel(false);
                if (line != null) {
                    lines.add(line);
                }
            } while (line != null);
        }
        return new Output(lines, process.waitFor(), ended.get());
    }
}
