package dev.geotherm.cli;

/**
 * The exit codes of the command.
 *
 * <p>The JVM itself exits with 3 when it runs out of memory, and with 128 plus the signal number when a signal ends it: 130
 * for SIGINT, 143 for SIGTERM.
 */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;
    /** Failed. */
    static final int FAILED = 1;
    /** Invalid command line, profile or setting. */
    static final int USAGE = 2;
    /** Done, and the condition of an option holds: the documents differ, or quality has dropped. */
    static final int CONDITION = 4;

    private ExitCode() {}
}
