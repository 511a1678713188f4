package dev.geotherm.pool.slab;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Scheduler;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;

/**
 * The context of the inner striped pools: for a named pool, it returns the part of the slab settings that concerns
 * striped pools.
 */
final class SlabContext implements ComponentContext {
    private final ComponentContext context;
    private final BiFunction<String, StripedPoolsSettings, StripedPoolsSettings> poolSettings;

    SlabContext(ComponentContext context, BiFunction<String, StripedPoolsSettings, StripedPoolsSettings> poolSettings) {
        this.context = context;
        this.poolSettings = poolSettings;
    }

    @Override
    @SuppressWarnings("unchecked") // only striped pools request settings here
    public <S extends Record> S settings(String name, S settings) {
        return (S) poolSettings.apply(name, (StripedPoolsSettings) settings);
    }

    @Override
    public String instance() {
        return context.instance();
    }

    @Override
    public Scheduler scheduler() {
        return context.scheduler();
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
