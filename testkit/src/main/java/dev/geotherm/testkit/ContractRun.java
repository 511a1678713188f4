package dev.geotherm.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The result of running one contract class: the failed clauses and their failures.
 *
 * <p>Use it to test contracts: a correct implementation must pass the contract, and a broken one must fail exactly the
 * clauses that it breaks. The name of a clause is the name of its test method, so these names must be unique within a
 * contract. A failure outside a clause is listed under the simple name of its class.
 *
 * <pre>{@code
 * assertThat(ContractRun.of(BrokenPools.class).failed()).containsExactly("release_twiceIsRefused");
 * }</pre>
 *
 * @param failures the failures by clause name, sorted
 * @param succeeded the number of passed tests
 * @param skipped the clauses that were disabled or failed an assumption
 */
public record ContractRun(Map<String, Throwable> failures, int succeeded, Set<String> skipped) {

    private static final TestTag LONG_VARIANT = TestTag.create("full");
    private static final long MIN_TIMEOUT_SECONDS = 30;

    /** Sorts and copies the collections. */
    public ContractRun {
        failures = Collections.unmodifiableMap(new TreeMap<>(failures));
        skipped = Collections.unmodifiableSet(new TreeSet<>(skipped));
    }

    /**
     * Runs the tests of a class and of its {@code @Nested} classes in this thread, except tests tagged {@code full}, which
     * are long variants of others. A clause that takes more than twice the {@linkplain Patience#limit() maximum wait} is
     * interrupted and fails.
     *
     * @param contract a class that JUnit can instantiate; a static nested class of a test, which does not run on its own
     * @throws IllegalArgumentException if the class contains no test
     */
    public static ContractRun of(Class<?> contract) {
        return run(contract, test -> !test.getTags().contains(LONG_VARIANT));
    }

    /**
     * Runs only some clauses of a contract, whatever their tags; otherwise the same as {@link #of(Class)}.
     *
     * @param clauses the names of the clauses
     * @throws IllegalArgumentException if the class contains none of the clauses
     */
    public static ContractRun of(Class<?> contract, Set<String> clauses) {
        return run(
                contract,
                test -> test.getSource().orElse(null) instanceof MethodSource method
                        && clauses.contains(method.getMethodName()));
    }

    private static ContractRun run(Class<?> contract, Predicate<TestDescriptor> chosen) {
        PostDiscoveryFilter filter = test ->
                FilterResult.includedIf(!(test.getSource().orElse(null) instanceof MethodSource) || chosen.test(test));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .filters(filter)
                .configurationParameter("junit.jupiter.execution.timeout.testable.method.default", timeout())
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        // No listeners from the class path: the report of the enclosing test run must not contain expected failures.
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build();
        Recorder recorder = new Recorder();
        LauncherFactory.create(config).execute(request, recorder);
        if (recorder.failures.isEmpty() && recorder.succeeded == 0 && recorder.skipped.isEmpty()) {
            throw new IllegalArgumentException(contract.getName() + " has no such test");
        }
        return new ContractRun(recorder.failures, recorder.succeeded, recorder.skipped);
    }

    private static String timeout() {
        Duration twice = Patience.limit().multipliedBy(2);
        return Math.max(MIN_TIMEOUT_SECONDS, twice.toSeconds()) + " s";
    }

    /** Returns the names of the clauses that failed, sorted. */
    public Set<String> failed() {
        return failures.keySet();
    }

    private static final class Recorder implements TestExecutionListener {
        private final Map<String, Throwable> failures = new TreeMap<>();
        private final Set<String> skipped = new TreeSet<>();
        private int succeeded;

        @Override
        public synchronized void executionSkipped(TestIdentifier test, String reason) {
            skipped.add(clause(test));
        }

        @Override
        public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
            switch (result.getStatus()) {
                case FAILED ->
                    failures.put(
                            clause(test), result.getThrowable().orElseGet(() -> new AssertionError("no cause given")));
                case ABORTED -> skipped.add(clause(test));
                case SUCCESSFUL -> succeeded += test.isTest() ? 1 : 0;
            }
        }

        private static String clause(TestIdentifier test) {
            TestSource source = test.getSource().orElse(null);
            if (source instanceof MethodSource method) {
                return method.getMethodName();
            } else if (source instanceof ClassSource type) {
                return type.getJavaClass().getSimpleName();
            }
            return test.getDisplayName();
        }
    }
}
