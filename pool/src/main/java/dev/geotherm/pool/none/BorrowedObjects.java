package dev.geotherm.pool.none;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A registry of the objects in use, by identity and weakly, so that leaked ones do not accumulate. */
final class BorrowedObjects<T> {
    private final Set<Object> keys = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> lost = new ReferenceQueue<>();

    void add(T object) {
        for (Reference<?> gone = lost.poll(); gone != null; gone = lost.poll()) {
            keys.remove(gone);
        }
        keys.add(new Key(object, lost));
    }

    /** Removes an object; returns whether it was there. */
    boolean remove(T object) {
        return keys.remove(new Probe(object));
    }

    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object object, ReferenceQueue<Object> lost) {
            super(object, lost);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }
    }

    /** A key for the look-up of an object. */
    private record Probe(Object object) {
        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.refersTo(object);
        }
    }
}
