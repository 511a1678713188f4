package dev.geotherm.cli.terminal;

import dev.geotherm.api.ComponentThreads;
import dev.geotherm.engine.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The progress display of a run. On a terminal, it overwrites one line; otherwise it prints a line every few seconds.
 *
 * <p>Thread-safe; its own thread polls the steps.
 */
public final class ProgressLine implements Progress, AutoCloseable {
    private static final Duration TERMINAL_PERIOD = Duration.ofMillis(200);
    private static final Duration FILE_PERIOD = Duration.ofSeconds(5);

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean quiet;
    private final int width;
    private final ComponentThreads ticker;
    private Supplier<String> line = () -> "";
    private String shown = "";

    /**
     * Creates a display on {@code err}; a quiet one prints nothing.
     *
     * @param columns the width of the terminal
     */
    public ProgressLine(PrintWriter err, boolean terminal, int columns, boolean quiet) {
        this.err = err;
        this.terminal = terminal;
        this.width = Math.max(1, columns - 1); // a full line would wrap
        this.quiet = quiet;
        ticker = new ComponentThreads("progress", (thread, failure) -> err.println("geotherm: " + failure));
        var unused = ticker.every(terminal ? TERMINAL_PERIOD : FILE_PERIOD, this::tick);
    }

    /** Begins a phase, after showing the line of the previous phase one last time. */
    @Override
    public synchronized void begin(Supplier<Step> step) {
        finishLine();
        line = () -> text(step.get());
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

    private static String text(Progress.Step step) {
        if (step.unit().isEmpty()) {
            return step.phase(); // a phase without a count
        }
        return String.format(
                Locale.ROOT,
                "%s %,d %s%s%s%s",
                step.phase(),
                step.done(),
                step.total() > 0 ? String.format(Locale.ROOT, "of %,d ", step.total()) : "",
                step.unit(),
                step.perSecond() > 0 ? String.format(Locale.ROOT, ", %,.0f/s", step.perSecond()) : "",
                step.details().isEmpty() ? "" : ", " + step.details());
    }

    private String fit(String text) {
        return TerminalText.padded(TerminalText.cut(text, width), width);
    }

    /** Shows the line one last time and ends the display. */
    @Override
    public void close() {
        ticker.close();
        synchronized (this) {
            finishLine();
        }
    }
}
