package dev.geotherm.batch.job;

/** The job was stopped while a worker waited to call the function: the items of its batch have no outcome. */
final class JobStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobStopped() {
        super("the job was stopped", null, false, false);
    }
}
