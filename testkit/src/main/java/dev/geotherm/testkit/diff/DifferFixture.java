package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.ThreadsLeft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What the clauses share: how differs are made, a clock that stands still, and states written as JSON. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class DifferFixture {
    private static final ObjectMapper JSON = new ObjectMapper();

    final SettableClock clock = new SettableClock();

    private final List<StateDiffer> made = new ArrayList<>();
    private final String instance = "contract" + UUID.randomUUID();

    DifferFixture() {}

    /** Returns a new differ under the given limits, all else as the implementation likes; the contract closes it. */
    protected abstract StateDiffer create(DifferLimits limits, ComponentContext context);

    /** Returns what the implementation can be told. */
    protected abstract Set<DifferCapability> capabilities();

    @AfterEach
    void closeAll() {
        made.forEach(StateDiffer::close);
        ThreadsLeft.assertNone(instance);
    }

    final StateDiffer differ(DifferLimits limits) {
        StateDiffer differ =
                create(limits, ComponentContext.standalone(instance).withClock(clock));
        made.add(differ);
        return differ;
    }

    /** Returns a differ that keeps its files in a folder. */
    final StateDiffer differIn(Path folder) {
        ComponentContext context =
                ComponentContext.standalone(instance).withClock(clock).withWorkDirectory(folder);
        StateDiffer differ = create(DifferLimits.usual(), context);
        made.add(differ);
        return differ;
    }

    final StateDiffer differ() {
        return differ(DifferLimits.usual());
    }

    final void require(DifferCapability capability) {
        assumeTrue(capabilities().contains(capability), () -> "without " + capability);
    }

    /** Returns a state; {@code '} stands for the quotes of JSON. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }

    /** Runs something in a thread of its own: the common pool may have one thread only, which a reader keeps busy. */
    static CompletableFuture<Void> inThread(Runnable work) {
        return CompletableFuture.runAsync(work, task -> {
            Thread thread = new Thread(task, "contract");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Asserts that there are two values, and that they are the same. */
    static void assertSame(@Nullable JsonNode actual, @Nullable JsonNode expected) {
        // The fast and exact way first; what is printed on failure may be large.
        if (actual == null || expected == null || !JsonEquality.same(actual, expected)) {
            assertThat(actual).isEqualTo(expected);
            throw new AssertionError("not the same: " + actual + " and " + expected);
        }
    }
}
