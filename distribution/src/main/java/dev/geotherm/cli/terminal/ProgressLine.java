package dev.geotherm.cli.terminal;

import dev.geotherm.api.ComponentThreads;
import dev.geotherm.engine.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The progress display of a run: on a terminal one line that is overwritten, otherwise a line every few seconds.
 *
 * <p>Safe for use by several threads; its own thread requests the steps.
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
     * Creates a line on {@code err}; a quiet one prints nothing.
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

    /** Begins a phase. The line of the previous phase is shown a last time. */
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
            return step.phase(); // nothing is counted
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

    /** Shows the line a last time, and nothing afterwards. */
    @Override
    public void close() {
        ticker.close();
        synchronized (this) {
            finishLine();
        }
    }
}
