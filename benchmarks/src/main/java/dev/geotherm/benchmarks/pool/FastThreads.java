package dev.geotherm.benchmarks.pool;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An executor that makes JMH use Netty's threads for every pool: {@code -Djmh.executor=CUSTOM -Djmh.executor.class=}
 * this.
 */
public final class FastThreads extends ThreadPoolExecutor {

    /** Creates the executor; called by JMH. */
    public FastThreads(int threads, String prefix) {
        super(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(prefix, true));
    }
}
