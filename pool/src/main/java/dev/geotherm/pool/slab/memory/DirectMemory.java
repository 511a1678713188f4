package dev.geotherm.pool.slab.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A source of native memory for JDKs without the foreign memory API: direct buffers, freed by
 * {@code Unsafe.invokeCleaner}.
 *
 * <p>Unlike with that API, access through a buffer is not refused after its memory is freed. The collector frees memory
 * that is not freed explicitly, as for any direct buffer.
 */
public final class DirectMemory implements NativeMemory {
    private final MethodHandle invokeCleaner;
    private final MethodHandle getLong;
    private final long addressField;

    public DirectMemory() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Object unsafe = instance.get(null);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            invokeCleaner = lookup.findVirtual(
                            type, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(unsafe);
            getLong = lookup.findVirtual(type, "getLong", MethodType.methodType(long.class, Object.class, long.class))
                    .bindTo(unsafe);
            addressField =
                    (long) lookup.findVirtual(type, "objectFieldOffset", MethodType.methodType(long.class, Field.class))
                            .invoke(unsafe, Buffer.class.getDeclaredField("address"));
        } catch (Throwable missing) {
            throw new IllegalStateException("this JDK does not allow native memory to be freed", missing);
        }
    }

    @Override
    public Region allocate(int bytes) {
        ByteBuffer whole = ByteBuffer.allocateDirect(Math.addExact(bytes, ALIGNMENT - 1));
        ByteBuffer aligned = whole.alignedSlice(ALIGNMENT).order(ByteOrder.nativeOrder());
        AtomicBoolean freed = new AtomicBoolean();
        return new Region(aligned, address(aligned), () -> free(whole, freed), () -> {});
    }

    private long address(ByteBuffer buffer) {
        try {
            return (long) getLong.invokeExact((Object) buffer, addressField);
        } catch (Throwable failed) {
            throw new IllegalStateException("cannot read the address of a buffer", failed);
        }
    }

    private boolean free(ByteBuffer whole, AtomicBoolean freed) {
        if (freed.compareAndSet(false, true)) {
            try {
                invokeCleaner.invokeExact(whole);
            } catch (Throwable failed) {
                throw new IllegalStateException("cannot free a buffer", failed);
            }
        }
        return true;
    }
}
