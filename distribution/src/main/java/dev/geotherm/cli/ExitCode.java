package dev.geotherm.cli;

/**
 * The exit codes of the command.
 *
 * <p>The JVM itself ends with 3 when it runs out of memory, and with 128 and the number of a signal that ends it: 130 for
 * an interrupt from the keyboard, 143 for a request to terminate.
 */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;
    /** Failed. */
    static final int FAILED = 1;
    /** Invalid command line, profile or setting. */
    static final int USAGE = 2;
    /** Done, and the condition of an option holds: something differs, or quality has dropped. */
    static final int CONDITION = 4;

    private ExitCode() {}
}
