package dev.geotherm.api;

import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A factory of virtual-thread executors. It uses reflection because this module is compiled for Java 17. */
final class VirtualThreads {

    /** Before JDK 24, a virtual thread that blocks inside {@code synchronized} pins its carrier (JEP 491). */
    private static final int FIRST_GOOD_JDK = 24;

    private VirtualThreads() {}

    /**
     * Returns an executor with a virtual thread per task, or null before JDK 24.
     *
     * @param name the prefix of the threads' names, followed by a hyphen and a number
     * @param wrapper wraps the task of each thread
     */
    static @Nullable ExecutorService executor(
            String name, UncaughtExceptionHandler failures, UnaryOperator<Runnable> wrapper) {
        if (Runtime.version().feature() < FIRST_GOOD_JDK) {
            return null;
        }
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            builderType.getMethod("name", String.class, long.class).invoke(builder, name + "-", 1L);
            builderType
                    .getMethod("uncaughtExceptionHandler", UncaughtExceptionHandler.class)
                    .invoke(builder, failures);
            ThreadFactory threads =
                    (ThreadFactory) builderType.getMethod("factory").invoke(builder);
            ThreadFactory wrapped = work -> threads.newThread(wrapper.apply(work));
            Method perTask = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (ExecutorService) perTask.invoke(null, wrapped);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException("cannot make virtual threads", failed.getCause());
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("this JDK lacks the API of JDK 21 for virtual threads", missing);
        }
    }
}
