package dev.geotherm.streaming.flow;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Runs verifications of the Reactive Streams TCK, which are written for TestNG, as tests of JUnit. */
final class Tck {
    /** How long an expected signal may take: a guard against hanging. */
    private static final int PATIENCE_MILLIS = 20_000;

    /** How long a test waits to see that a signal does not come. */
    private static final int NO_SIGNAL_MILLIS = 50;

    private static final int POLL_MILLIS = 10;

    private Tck() {}

    static TestEnvironment environment() {
        return new TestEnvironment(PATIENCE_MILLIS, NO_SIGNAL_MILLIS, POLL_MILLIS);
    }

    static Fragment<Integer> fragment(int number) {
        return new Fragment<>("f" + number, number, Priority.NORMAL, Instant.EPOCH, Map.of());
    }

    /** Returns one test for each rule. A rule that is optional or cannot be tested is skipped with the reason. */
    static Stream<DynamicTest> tests(Supplier<?> verification) {
        return annotated(verification.get(), Test.class)
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> run(verification.get(), rule)));
    }

    private static Stream<Method> annotated(Object verification, Class<? extends Annotation> annotation) {
        return Arrays.stream(verification.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .sorted(Comparator.comparing(Method::getName));
    }

    private static void run(Object verification, Method rule) throws Throwable {
        callAll(verification, BeforeClass.class);
        try {
            callAll(verification, BeforeMethod.class);
            call(verification, rule);
        } finally {
            callAll(verification, AfterClass.class);
        }
    }

    private static void callAll(Object verification, Class<? extends Annotation> annotation) throws Throwable {
        for (Method method : annotated(verification, annotation).toList()) {
            call(verification, method);
        }
    }

    private static void call(Object verification, Method method) throws Throwable {
        try {
            method.invoke(verification);
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof SkipException skipped) {
                throw new TestAbortedException(skipped.getMessage());
            }
            throw failed.getCause();
        }
    }
}
