package dev.geotherm.testkit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The runs of a contract with each of its planted faults; several run concurrently, because a broken implementation
 * mostly waits.
 */
public final class PlantedRuns<F extends Enum<F>> {
    private static final int AT_ONCE = 6;

    /** How often a whole contract runs at most until the clauses fail that are expected to. */
    private static final int ATTEMPTS = 3;

    /** The longest wait of a clause that may pass, while other runs keep the processor busy. */
    private static final Duration WHOLE = Duration.ofSeconds(10);

    /** The longest wait of a clause that is expected to fail. */
    private static final Duration FAILING = Duration.ofMillis(300);

    private static final ThreadLocal<Enum<?>> WITHDRAWN = new ThreadLocal<>();

    private final Map<F, CompletableFuture<ContractRun>> runs;
    private final Function<F, ContractRun> contract;

    private PlantedRuns(Map<F, CompletableFuture<ContractRun>> runs, Function<F, ContractRun> contract) {
        this.runs = runs;
        this.contract = contract;
    }

    /**
     * Starts the runs. JUnit creates test instances in the thread that runs the contract, so a thread local passes the
     * fault.
     */
    public static <F extends Enum<F>> PlantedRuns<F> start(
            Class<F> faults, ThreadLocal<F> planted, Supplier<ContractRun> contract) {
        ExecutorService runners = Executors.newFixedThreadPool(AT_ONCE);
        Function<F, ContractRun> plant = fault -> Patience.during(WHOLE, () -> with(planted, fault, contract));
        Map<F, CompletableFuture<ContractRun>> runs = new EnumMap<>(faults);
        for (F fault : faults.getEnumConstants()) {
            runs.put(fault, CompletableFuture.supplyAsync(() -> plant.apply(fault), runners));
        }
        runners.shutdown();
        return new PlantedRuns<>(runs, plant);
    }

    /** Runs clauses that a fault breaks; they wait only for a moment for what does not come. */
    public static <F> ContractRun failing(ThreadLocal<F> planted, F fault, Class<?> contract, Set<String> clauses) {
        return with(planted, fault, () -> failing(contract, clauses));
    }

    /** Runs clauses that the implementation breaks; they wait only for a moment for what does not come. */
    public static ContractRun failing(Class<?> contract, Set<String> clauses) {
        return Patience.during(FAILING, () -> ContractRun.of(contract, clauses));
    }

    /**
     * Runs clauses with an implementation that has a capability and does not declare it. The contract passes its capabilities through
     * {@link #declared} when it is created.
     */
    public static ContractRun undeclared(Enum<?> capability, Class<?> contract, Set<String> clauses) {
        return with(WITHDRAWN, capability, () -> failing(contract, clauses));
    }

    /** Returns the capabilities that a contract of the current thread declares. */
    public static <C extends Enum<C>> Set<C> declared(Set<C> capabilities) {
        Enum<?> withdrawn = WITHDRAWN.get();
        return capabilities.stream()
                .filter(capability -> capability != withdrawn)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Runs a whole contract with a broken implementation. Runs it again if other clauses failed than expected, because a correct
     * clause can fail while the processor is too busy; what the fault breaks fails in each run.
     */
    public static ContractRun whole(Class<?> contract, Predicate<Set<String>> expected) {
        return repeated(() -> Patience.during(WHOLE, () -> ContractRun.of(contract)), expected);
    }

    private static ContractRun repeated(Supplier<ContractRun> contract, Predicate<Set<String>> expected) {
        ContractRun run = contract.get();
        for (int i = 1; i < ATTEMPTS && !expected.test(run.failed()); i++) {
            run = contract.get();
        }
        return run;
    }

    private static <F> ContractRun with(ThreadLocal<F> planted, F fault, Supplier<ContractRun> contract) {
        planted.set(fault);
        try {
            return contract.get();
        } finally {
            planted.remove();
        }
    }

    /** Returns the run with a fault, waiting for its end. */
    public ContractRun of(F fault) {
        return runs.get(fault).join();
    }

    /**
     * Returns the run with a fault. If its failed clauses are not as expected, repeats it when no other runs, as {@link
     * #whole(Class, Predicate)} does.
     */
    public ContractRun of(F fault, Predicate<Set<String>> expected) {
        ContractRun run = of(fault);
        if (expected.test(run.failed())) {
            return run;
        }
        runs.values().forEach(CompletableFuture::join);
        return repeated(() -> contract.apply(fault), expected);
    }
}
