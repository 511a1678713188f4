package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.PoolSlot;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * The padding before the state of a {@link Slot}: two cache lines, because processors fetch lines in pairs.
 *
 * <p>Padding works by inheritance: the JVM lays out the fields of a class after those of its superclass.
 */
abstract class SlotPadding<T> extends WeakReference<T> implements PoolSlot {
    long b00, b01, b02, b03, b04, b05, b06, b07, b08, b09, b10, b11, b12, b13, b14;

    SlotPadding(T object, ReferenceQueue<Object> cleared) {
        super(object, cleared);
    }
}
