package dev.geotherm.pool.none;

import dev.geotherm.api.pool.Lease;

/** A lease of one loan. */
final class NoneLease<T> implements Lease<T> {
    private final NonePool<T> pool;
    private final Loan loan;
    private final T object;

    NoneLease(NonePool<T> pool, Loan loan, T object) {
        this.pool = pool;
        this.loan = loan;
        this.object = object;
    }

    @Override
    public T get() {
        if (loan.over) {
            throw new IllegalStateException("pool " + pool.name() + ": this lease is closed");
        }
        return object;
    }

    @Override
    public void close() {
        pool.end(loan, object);
    }

    @Override
    public void discard() {
        close(); // the object is deallocated in both cases
    }
}
