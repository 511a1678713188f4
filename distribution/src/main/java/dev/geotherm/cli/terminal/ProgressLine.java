package dev.geotherm.cli.run;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells people how far a run is: on a terminal one line that is written over, elsewhere a line every few seconds.
 *
 * <p>A phase's line is asked for by a thread of this type, so it must be cheap and safe to make at any time.
 */
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 79;

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean quiet;
    private final ScheduledExecutorService ticker;
    private Supplier<String> line = () -> "";
    private String shown = "";

    /** Creates a progress that writes to {@code err}, or nowhere if it is to be quiet. */
    public Progress(PrintWriter err, boolean terminal, boolean quiet) {
        this.err = err;
        this.terminal = terminal;
        this.quiet = quiet;
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "geotherm-progress");
            thread.setDaemon(true);
            return thread;
        });
        long period = terminal ? 200 : 5000;
        var unused = ticker.scheduleAtFixedRate(this::tick, period, period, TimeUnit.MILLISECONDS);
    }

    /** Begins a phase, whose line replaces that of the phase before; that one is shown a last time. */
    synchronized void phase(Supplier<String> next) {
        finishLine();
        line = next;
        tick();
    }

    private synchronized void tick() {
        String now = line.get();
        if (quiet || now.isEmpty() || now.equals(shown)) {
            return;
        }
        shown = now;
        if (terminal) {
            err.print("\r" + fit(now));
            err.flush();
        } else {
            err.println(now);
        }
    }

    private void finishLine() {
        tick();
        if (terminal && !quiet && !shown.isEmpty()) {
            err.println();
        }
        shown = "";
        line = () -> "";
    }

    private static String fit(String text) {
        return text.length() >= WIDTH ? text.substring(0, WIDTH) : text + " ".repeat(WIDTH - text.length());
    }

    /** Shows the line a last time, and nothing afterwards. */
    @Override
    public void close() {
        ticker.shutdownNow();
        synchronized (this) {
            finishLine();
        }
    }
}
