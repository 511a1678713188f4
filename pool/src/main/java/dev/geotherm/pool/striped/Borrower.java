package dev.geotherm.pool.striped;

/** Where and by which thread an object was acquired: the stack that a report of its loss shows. */
final class Borrower extends Throwable {
    private static final long serialVersionUID = 1L;

    /** The claim that this is about. */
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
