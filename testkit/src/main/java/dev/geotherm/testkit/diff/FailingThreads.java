package dev.geotherm.testkit.diff;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A context with executors that throw an error on request, as in a JVM that cannot create a thread. */
final class FailingThreads implements ComponentContext {
    private final ComponentContext context;
    volatile @Nullable Error failure;

    FailingThreads(ComponentContext context) {
        this.context = context;
    }

    private final class Failing extends AbstractExecutorService {
        private final ExecutorService executor;

        Failing(ExecutorService executor) {
            this.executor = executor;
        }

        @Override
        public void execute(Runnable work) {
            Error now = failure;
            if (now != null) {
                throw now;
            }
            executor.execute(work);
        }

        @Override
        public void shutdown() {
            executor.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return executor.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return executor.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return executor.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return executor.awaitTermination(timeout, unit);
        }
    }

    @Override
    public ExecutorService computeExecutor(String role, int threads) {
        return new Failing(context.computeExecutor(role, threads));
    }

    @Override
    public ExecutorService blockingExecutor(String role) {
        return new Failing(context.blockingExecutor(role));
    }

    @Override
    public String instance() {
        return context.instance();
    }

    @Override
    public <S extends Record> S settings(String name, S settings) {
        return context.settings(name, settings);
    }

    @Override
    public Scheduler scheduler() {
        return context.scheduler();
    }

    @Override
    public Clock clock() {
        return context.clock();
    }

    @Override
    public Path workDirectory() {
        return context.workDirectory();
    }

    @Override
    public <C extends Component> C component(Class<C> kind) {
        return context.component(kind);
    }
}
