package dev.geotherm.pool.none;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A registry of the loans of a pool. It refers weakly to the objects, to detect leaks. */
final class Loans {
    private final Map<Object, Loan> byObject = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> leaked = new ReferenceQueue<>();

    /** Creates a loan, which the caller must add. */
    Loan make(NonePool<?> pool, Object object, boolean byLease) {
        return new Loan(pool, object, byLease, leaked);
    }

    void add(Loan loan) {
        byObject.put(loan, loan);
    }

    @Nullable
    Loan find(Object object) {
        return byObject.get(new Probe(object));
    }

    void remove(Loan loan) {
        byObject.remove(loan);
    }

    /** Ends the loans of leaked objects; returns their number. */
    int endLeaked() {
        int count = 0;
        for (Reference<?> found = leaked.poll(); found != null; found = leaked.poll()) {
            byObject.remove(found);
            count += ((Loan) found).end() ? 1 : 0;
        }
        return count;
    }

    /** A key for the lookup of an object. */
    private record Probe(Object object) {
        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Loan loan && loan.refersTo(object);
        }
    }
}
