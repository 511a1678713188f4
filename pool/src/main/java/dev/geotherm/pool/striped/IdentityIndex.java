package dev.geotherm.pool.striped;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * An index that finds the slot of an object that does not store it, by identity: a hash table of immutable chains.
 *
 * <p>A lookup neither takes a lock nor allocates; adding and removing, on allocation and deallocation, do both.
 */
final class IdentityIndex<T> {
    private static final int SMALLEST = 16;

    private volatile AtomicReferenceArray<@Nullable Link<T>> table = new AtomicReferenceArray<>(SMALLEST);
    private int size;

    private record Link<T>(Slot<T> slot, @Nullable Link<T> next) {}

    @Nullable
    Slot<T> find(T object) {
        AtomicReferenceArray<@Nullable Link<T>> now = table;
        Link<T> link = now.get(System.identityHashCode(object) & now.length() - 1);
        while (link != null && !link.slot().refersTo(object)) {
            link = link.next();
        }
        return link == null ? null : link.slot();
    }

    synchronized void add(Slot<T> slot) {
        if (size >= table.length()) {
            grow();
        }
        put(table, slot);
        size++; // last: the steps before it may fail
    }

    synchronized void remove(Slot<T> slot) {
        AtomicReferenceArray<@Nullable Link<T>> now = table;
        int bucket = slot.identity & now.length() - 1;
        Link<T> others = null;
        int found = 0;
        for (Link<T> link = now.get(bucket); link != null; link = link.next()) {
            if (link.slot() != slot) {
                others = new Link<>(link.slot(), others);
            } else {
                found++;
            }
        }
        now.set(bucket, others);
        size -= found;
    }

    private void grow() {
        AtomicReferenceArray<@Nullable Link<T>> old = table;
        AtomicReferenceArray<@Nullable Link<T>> larger = new AtomicReferenceArray<>(old.length() * 2);
        for (int i = 0; i < old.length(); i++) {
            for (Link<T> link = old.get(i); link != null; link = link.next()) {
                put(larger, link.slot());
            }
        }
        table = larger;
    }

    private static <T> void put(AtomicReferenceArray<@Nullable Link<T>> table, Slot<T> slot) {
        int bucket = slot.identity & table.length() - 1;
        table.set(bucket, new Link<>(slot, table.get(bucket)));
    }
}
