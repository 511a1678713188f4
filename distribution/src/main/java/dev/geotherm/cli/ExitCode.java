package dev.geotherm.cli;

/**
 * What the command ends with.
 *
 * <p>A JVM that runs out of memory ends with 3. A signal ends it with 128 and the signal's number, as the JVM does on its own: 130 for an interrupt from the keyboard,
 * 143 for a request to terminate.
 */
final class ExitCode {
    /** It did what was asked. */
    static final int DONE = 0;
    /** It could not do what was asked. */
    static final int FAILED = 1;
    /** What was asked is wrong: the command line, a profile, a setting. */
    static final int USAGE = 2;

    private ExitCode() {}
}
