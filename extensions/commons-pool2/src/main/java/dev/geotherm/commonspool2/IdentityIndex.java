package dev.geotherm.commonspool2;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * An index of objects by identity: a hash table of immutable chains.
 *
 * <p>A lookup, which each release needs, takes no lock and allocates nothing. Adding and removing, when objects are created
 * and destroyed, take a lock and allocate.
 */
final class IdentityIndex<T, K extends ObjectHolder<T>> {
    private static final int SMALLEST = 16;

    private volatile AtomicReferenceArray<@Nullable Link<K>> table = new AtomicReferenceArray<>(SMALLEST);
    private int size;

    private record Link<K>(K keeper, @Nullable Link<K> next) {}

    @Nullable
    K find(T object) {
        AtomicReferenceArray<@Nullable Link<K>> now = table;
        Link<K> link = now.get(bucket(object, now));
        while (link != null && link.keeper().object() != object) {
            link = link.next();
        }
        return link == null ? null : link.keeper();
    }

    /** Adds a record, or returns false if its object already has one. */
    synchronized boolean add(K keeper) {
        if (find(keeper.object()) != null) {
            return false;
        }
        if (++size > table.length()) {
            grow();
        }
        put(table, keeper);
        return true;
    }

    synchronized void remove(K keeper) {
        AtomicReferenceArray<@Nullable Link<K>> now = table;
        int bucket = bucket(keeper.object(), now);
        Link<K> others = null;
        for (Link<K> link = now.get(bucket); link != null; link = link.next()) {
            if (link.keeper() == keeper) {
                size--;
            } else {
                others = new Link<>(link.keeper(), others);
            }
        }
        now.set(bucket, others);
    }

    private void grow() {
        AtomicReferenceArray<@Nullable Link<K>> old = table;
        AtomicReferenceArray<@Nullable Link<K>> larger = new AtomicReferenceArray<>(old.length() * 2);
        for (int i = 0; i < old.length(); i++) {
            for (Link<K> link = old.get(i); link != null; link = link.next()) {
                put(larger, link.keeper());
            }
        }
        table = larger;
    }

    private static <K extends ObjectHolder<?>> void put(AtomicReferenceArray<@Nullable Link<K>> table, K keeper) {
        int bucket = bucket(keeper.object(), table);
        table.set(bucket, new Link<>(keeper, table.get(bucket)));
    }

    private static int bucket(Object object, AtomicReferenceArray<?> table) {
        return System.identityHashCode(object) & (table.length() - 1);
    }
}
