package dev.geotherm.testkit.pool;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ScheduledTask;
import dev.geotherm.api.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A context with a clock, scheduler and settings that throw an error on request. */
final class FailingContext implements ComponentContext {
    private final ComponentContext context;
    private final Scheduler scheduler;
    private volatile @Nullable Method failing;
    private volatile Supplier<Error> error = Error::new;
    private final AtomicInteger callsToSucceed = new AtomicInteger();

    /** A method that a component calls, of the context or of an object that the context returns. */
    enum Method {
        CLOCK,
        SCHEDULE,
        CANCEL,
        SETTINGS
    }

    FailingContext(ComponentContext context) {
        this.context = context;
        this.scheduler = new FailingScheduler(context.scheduler());
    }

    /** Makes a method fail from now on. */
    void fail(Method method, Supplier<Error> newError) {
        failAfter(0, method, newError);
    }

    /** Makes a method fail after a number of successful calls. */
    void failAfter(int calls, Method method, Supplier<Error> newError) {
        callsToSucceed.set(calls);
        error = newError;
        failing = method;
    }

    /** Makes every method succeed from now on. */
    void succeed() {
        failing = null;
    }

    private void call(Method method) {
        if (failing == method && callsToSucceed.getAndDecrement() <= 0) {
            throw error.get();
        }
    }

    @Override
    public String instance() {
        return context.instance();
    }

    @Override
    public <S extends Record> S settings(String name, S settings) {
        call(Method.SETTINGS);
        return context.settings(name, settings);
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    private final class FailingScheduler implements Scheduler {
        private final Scheduler target;

        FailingScheduler(Scheduler target) {
            this.target = target;
        }

        @Override
        public ScheduledTask every(Duration delay, Runnable task) {
            call(Method.SCHEDULE);
            return cancellable(target.every(delay, task));
        }

        @Override
        public ScheduledTask after(Duration delay, Runnable task) {
            call(Method.SCHEDULE);
            return cancellable(target.after(delay, task));
        }

        private ScheduledTask cancellable(ScheduledTask task) {
            return () -> {
                call(Method.CANCEL);
                task.cancel();
            };
        }
    }

    @Override
    public ExecutorService computeExecutor(String role, int threads) {
        return context.computeExecutor(role, threads);
    }

    @Override
    public ExecutorService blockingExecutor(String role) {
        return context.blockingExecutor(role);
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                call(Method.CLOCK);
                return context.clock().instant();
            }

            @Override
            public ZoneId getZone() {
                return context.clock().getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
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
