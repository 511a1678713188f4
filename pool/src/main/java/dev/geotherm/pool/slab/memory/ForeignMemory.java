package dev.geotherm.pool.slab.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A source of native memory from shared arenas of the foreign memory API, one per region, closed explicitly.
 *
 * <p>A buffer over a closed arena refuses every access, so not even a stale copy of it can read memory of another
 * owner. The API is called through method handles, because it is newer than the oldest supported JDK.
 */
public final class ForeignMemory implements NativeMemory {
    /** The first JDK in which the API is final. */
    public static final int SINCE = 22;

    private final MethodHandle openArena;
    private final MethodHandle closeArena;
    private final MethodHandle allocate;
    private final MethodHandle asByteBuffer;
    private final MethodHandle address;

    public ForeignMemory() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> arena = Class.forName("java.lang.foreign.Arena");
            Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
            openArena = generic(lookup.findStatic(arena, "ofShared", MethodType.methodType(arena)));
            closeArena = lookup.findVirtual(arena, "close", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
            allocate = lookup.findVirtual(arena, "allocate", MethodType.methodType(segment, long.class, long.class))
                    .asType(MethodType.methodType(Object.class, Object.class, long.class, long.class));
            asByteBuffer = lookup.findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class))
                    .asType(MethodType.methodType(ByteBuffer.class, Object.class));
            address = lookup.findVirtual(segment, "address", MethodType.methodType(long.class))
                    .asType(MethodType.methodType(long.class, Object.class));
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("this JDK lacks the foreign memory API", missing);
        }
    }

    private static MethodHandle generic(MethodHandle handle) {
        return handle.asType(handle.type().generic());
    }

    @Override
    public Region allocate(int bytes) {
        Shared arena = new Shared();
        try {
            Object segment = allocate.invokeExact(arena.arena, (long) bytes, (long) ALIGNMENT);
            ByteBuffer buffer = (ByteBuffer) asByteBuffer.invokeExact(segment);
            long start = (long) address.invokeExact(segment);
            return new Region(buffer.order(ByteOrder.nativeOrder()), start, arena::close, arena::close);
        } catch (Throwable failed) {
            arena.close();
            throw unchecked(failed);
        }
    }

    private static RuntimeException unchecked(Throwable failed) {
        if (failed instanceof Error error) {
            throw error;
        }
        return failed instanceof RuntimeException known ? known : new IllegalStateException(failed);
    }

    /** An arena that is closed only once. */
    private final class Shared {
        private final Object arena;
        private boolean closed;

        Shared() {
            try {
                arena = openArena.invokeExact();
            } catch (Throwable failed) {
                throw unchecked(failed);
            }
        }

        /** Closes the arena unless a native call or a transfer is using its memory. */
        synchronized boolean close() {
            if (!closed) {
                try {
                    closeArena.invokeExact(arena);
                    closed = true;
                } catch (IllegalStateException busy) {
                    return false;
                } catch (Throwable failed) {
                    throw unchecked(failed);
                }
            }
            return true;
        }
    }
}
