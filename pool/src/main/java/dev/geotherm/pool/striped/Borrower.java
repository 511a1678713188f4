package dev.geotherm.pool.striped;

/** The stack trace of an acquisition, with the name of its thread, for the report of a leak. */
final class Borrower extends Throwable {
    private static final long serialVersionUID = 1L;

    /** The number and kind of the acquisition's claim. */
    private final long claim;

    Borrower(String pool, long claim) {
        super("acquired from pool " + pool + " here, by thread "
                + Thread.currentThread().getName());
        this.claim = claim;
    }

    boolean isOf(long other) {
        return claim == other;
    }
}
