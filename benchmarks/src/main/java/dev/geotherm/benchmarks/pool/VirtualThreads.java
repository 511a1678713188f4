package dev.geotherm.benchmarks.pool;

import java.util.concurrent.ThreadFactory;

/** Virtual threads, for code that is compiled for Java 17. */
final class VirtualThreads {
    private VirtualThreads() {}

    /** Returns a factory of virtual threads. */
    static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this needs a JDK 21 or newer", e);
        }
    }
}
