package dev.geotherm.benchmarks.diff;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The differs of several {@code benchmarks.jar} files, each in a class loader of its own, in turns in one process: the
 * processor time of one comparison in the measuring thread, which is of use on a machine with other work. Arguments: the jars,
 * separated by commas, and a pair. A second copy of a jar shows how much equal code differs.
 */
public final class JarsInTurns {
    private static final int WARM_UP = 40;
    private static final int ROUNDS = 60;
    private static final long BATCH_NANOS = 40_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private JarsInTurns() {}

    /** Prints the median and the 10th percentile of each jar, in microseconds. */
    public static void main(String[] arguments) throws ReflectiveOperationException, MalformedURLException {
        List<String> jars = List.of(arguments[0].split(","));
        List<Runnable> differs = new ArrayList<>();
        List<List<Double>> micros = new ArrayList<>();
        for (String jar : jars) {
            differs.add(differ(jar, arguments[1]));
            micros.add(new ArrayList<>());
        }
        int calls = 1;
        while (time(differs.get(0), calls) < BATCH_NANOS) {
            calls *= 2;
        }
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            for (int turn = 0; turn < jars.size(); turn++) {
                int jar = (round + turn) % jars.size();
                double each = time(differs.get(jar), calls) / 1e3 / calls;
                if (round >= WARM_UP) {
                    micros.get(jar).add(each);
                }
            }
        }
        for (int i = 0; i < jars.size(); i++) {
            List<Double> sorted = micros.get(i);
            Collections.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "%s  %s  median %.1f us  10th percentile %.1f us%n",
                    arguments[1],
                    jars.get(i),
                    sorted.get(ROUNDS / 2),
                    sorted.get(ROUNDS / 10));
        }
    }

    private static long time(Runnable differ, int calls) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < calls; i++) {
            differ.run();
        }
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    @SuppressWarnings("resource") // lives as long as the measurement
    private static Runnable differ(String jar, String pair) throws ReflectiveOperationException, MalformedURLException {
        URL[] path = {Path.of(jar).toUri().toURL()};
        ClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        Class<?> type = loader.loadClass(DiffBenchmark.class.getName());
        Constructor<?> constructor = type.getConstructor();
        Object benchmark = constructor.newInstance();
        type.getField("pair").set(benchmark, pair);
        type.getField("contender").set(benchmark, "geotherm");
        type.getMethod("prepare").invoke(benchmark);
        var diff = type.getMethod("diff");
        return () -> {
            try {
                diff.invoke(benchmark);
            } catch (IllegalAccessException | InvocationTargetException failed) {
                throw new IllegalStateException(failed);
            }
        };
    }
}
