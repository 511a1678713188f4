package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.testkit.ContractRun;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each flaw is found, by the clauses that speak of it and by no other. */
final class BrokenEvaluatorsTest {
    private static final int AT_ONCE = 6;

    /** JUnit creates a test's instance in the thread that runs the contract. */
    private static final ThreadLocal<Flaw> PLANTED = ThreadLocal.withInitial(() -> Flaw.values()[0]);

    private static final Map<Flaw, CompletableFuture<ContractRun>> RUNS = new EnumMap<>(Flaw.class);

    /** Some at once, because a broken clause spends its time waiting. */
    @BeforeAll
    static void runAll() {
        ExecutorService runners = Executors.newFixedThreadPool(AT_ONCE);
        for (Flaw flaw : Flaw.values()) {
            RUNS.put(
                    flaw,
                    CompletableFuture.supplyAsync(
                            () -> {
                                PLANTED.set(flaw);
                                return ContractRun.of(Broken.class);
                            },
                            runners));
        }
        runners.shutdown();
    }

    @ParameterizedTest
    @EnumSource
    void eachFlawFailsItsClauses(Flaw flaw) {
        assertThat(RUNS.get(flaw).join().failed()).containsExactlyInAnyOrderElementsOf(flaw.clauses);
    }

    static final class Broken extends BatchEvaluatorContract {
        private final Flaw flaw = PLANTED.get();

        @Override
        protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
            return new PlainEvaluator(context.instance(), tuning, Set.of(flaw));
        }
    }
}
