package dev.geotherm.batch.job;

/**
 * An exception for a job that was stopped while a worker waited to call the function. The items of the batch have no
 * outcome.
 */
final class JobStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobStopped() {
        super("the job was stopped", null, false, false);
    }
}
