package dev.geotherm.pool.slab;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Optional;

/** Access to native memory by address, as in native code. */
final class RawMemory {
    private RawMemory() {}

    /** Reads a number. */
    static float read(long address) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        return (float) type.getMethod("getFloat", long.class).invoke(instance.get(null), address);
    }

    /** Calls {@code memcpy} of the C library. */
    static void copy(long to, long from, long bytes) throws Throwable {
        call("memcpy", "ADDRESS", to, from, bytes);
    }

    /** Calls {@code memcmp} of the C library. */
    static int compare(long one, long other, long bytes) throws Throwable {
        return (int) call("memcmp", "JAVA_INT", one, other, bytes);
    }

    /** Like {@code Linker.nativeLinker().downcallHandle(…)}, which the oldest supported JDK lacks. */
    private static Object call(String function, String returned, long one, long other, long bytes) throws Throwable {
        Class<?> layout = Class.forName("java.lang.foreign.MemoryLayout");
        Class<?> layouts = Class.forName("java.lang.foreign.ValueLayout");
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        Class<?> descriptor = Class.forName("java.lang.foreign.FunctionDescriptor");
        Class<?> linker = Class.forName("java.lang.foreign.Linker");
        Class<?> options = Class.forName("java.lang.foreign.Linker$Option");
        Class<?> lookup = Class.forName("java.lang.foreign.SymbolLookup");

        Object parameters = Array.newInstance(layout, 3);
        Array.set(parameters, 0, layouts.getField("ADDRESS").get(null));
        Array.set(parameters, 1, layouts.getField("ADDRESS").get(null));
        Array.set(parameters, 2, layouts.getField("JAVA_LONG").get(null));
        Object signature = descriptor
                .getMethod("of", layout, parameters.getClass())
                .invoke(null, layouts.getField(returned).get(null), parameters);
        Object instance = linker.getMethod("nativeLinker").invoke(null);
        Object symbols = linker.getMethod("defaultLookup").invoke(instance);
        Object symbol = ((Optional<?>) lookup.getMethod("find", String.class).invoke(symbols, function)).orElseThrow();
        MethodHandle handle = (MethodHandle) MethodHandles.lookup()
                .findVirtual(
                        linker,
                        "downcallHandle",
                        MethodType.methodType(MethodHandle.class, segment, descriptor, options.arrayType()))
                .asFixedArity()
                .invoke(instance, symbol, signature, Array.newInstance(options, 0));
        Method ofAddress = segment.getMethod("ofAddress", long.class);
        return handle.invoke(ofAddress.invoke(null, one), ofAddress.invoke(null, other), bytes);
    }
}
