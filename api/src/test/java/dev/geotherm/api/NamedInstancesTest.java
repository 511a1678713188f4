package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.metrics.Metric;
import dev.geotherm.api.metrics.MetricType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedInstancesTest {

    record Uses(
            @Metric(type = MetricType.COUNTER, unit = "uses", description = "uses")
            long uses,

            @Metric(type = MetricType.GAUGE, unit = "things", description = "things that are open")
            int open) {}

    private final List<String> closedNames = new ArrayList<>();
    private final NamedInstances<Thing, Uses> things =
            new NamedInstances<>("thing", thing -> new Uses(thing.uses, thing.isClosed ? 0 : 1), Thing::close);

    /** Instances that are drained once their number of uses is positive. */
    private final NamedInstances<Thing, Uses> inUse = new NamedInstances<>(
            "thing", thing -> new Uses(thing.uses, thing.isClosed ? 0 : 1), Thing::close, thing -> thing.uses > 0);

    private final class Thing {
        private final String name;
        private long uses;
        private boolean isClosed;

        Thing(String name) {
            this.name = name;
        }

        void close() {
            if (!isClosed) {
                isClosed = true;
                closedNames.add(name);
                things.closed(name, this);
            }
        }
    }

    private Thing open(String name) {
        return things.open(name, () -> new Thing(name));
    }

    @Test
    void open_nameInUseIsRefused() {
        Thing first = open("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open("a"))
                .withMessage("a thing named 'a' is already open: close it first, or choose another name");
        first.close();
        assertThat(open("a")).isNotSameAs(first);
    }

    @Test
    void open_nameIsFreeAfterFailedCreation() {
        assertThatIllegalStateException()
                .isThrownBy(() -> things.open("a", () -> {
                    throw new IllegalStateException("no");
                }));
        assertThat(open("a")).isNotNull();
        assertThat(things.opened()).isEqualTo(1);
    }

    @Test
    void open_nameIsFreeAfterFailedCompletion() {
        assertThatThrownBy(() -> things.open("a", () -> new Thing("a"), thing -> {
                    throw new StackOverflowError("planted");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(closedNames).containsExactly("a");
        assertThat(open("a")).isNotNull();
    }

    @Test
    void open_afterCloseIsRefused() {
        things.close();
        assertThatIllegalStateException().isThrownBy(() -> open("a")).withMessage("the things are closed");
    }

    @Test
    void open_duringCloseClosesTheInstance() {
        assertThatIllegalStateException()
                .isThrownBy(() -> things.open("late", () -> {
                    things.close();
                    return new Thing("late");
                }));
        assertThat(closedNames).containsExactly("late");
    }

    @Test
    void metrics_countersOfClosedInstancesAreKept() {
        Thing first = open("a");
        first.uses = 3;
        first.close();
        assertThat(things.metrics()).containsEntry("a", new Uses(3, 0));
        open("a").uses = 4;
        assertThat(things.metrics()).containsEntry("a", new Uses(7, 1));
        assertThat(things.opened()).isEqualTo(2);
        assertThat(things.closed()).isEqualTo(1);
    }

    @Test
    void metrics_countersOfAllInstancesOfANameAreAddedUp() {
        for (int uses = 1; uses <= 4; uses++) {
            Thing thing = open("a");
            thing.uses = uses;
            thing.close();
        }
        assertThat(things.metrics()).containsEntry("a", new Uses(1 + 2 + 3 + 4, 0));
    }

    @Test
    void metrics_ofManyClosedNamesAreAddedUp() {
        for (int i = 0; i < 1_000; i++) {
            Thing thing = open("t" + i);
            thing.uses = 2;
            thing.close();
        }
        assertThat(things.metrics()).hasSizeLessThan(300).containsKey("t999");
        assertThat(things.metrics().values().stream().mapToLong(Uses::uses).sum())
                .isEqualTo(2_000);
    }

    @Test
    void metrics_ofAClosedInstanceFollowItUntilTheyAreFinal() {
        List<Thing> closing = closedInUse(2);
        assertThat(inUse.metrics()).containsEntry("a", new Uses(-2, 0));
        closing.get(1).uses = 6; // first, but the gauges are still those of the last instance
        assertThat(inUse.metrics()).containsEntry("a", new Uses(5, 0));
        closing.get(0).uses = 7;
        assertThat(inUse.metrics()).containsEntry("a", new Uses(13, 0));
        closing.forEach(thing -> thing.uses = 100);
        assertThat(inUse.metrics()).as("kept").containsEntry("a", new Uses(13, 0));
    }

    @Test
    void metrics_ofManyClosedInstancesAreKeptAsTheyWere() {
        List<Thing> closing = closedInUse(1_000);
        closing.forEach(thing -> thing.uses = 1);
        assertThat(inUse.metrics().get("a").uses()).isBetween(-999L, -800L);
        assertThat(inUse.metrics().get("a").uses()).as("kept").isBetween(-999L, -800L);
    }

    /** Opens and closes instances of one name, with metrics that are not final. */
    private List<Thing> closedInUse(int count) {
        List<Thing> closing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thing thing = inUse.open("a", () -> new Thing("a"));
            thing.uses = -1;
            thing.isClosed = true;
            inUse.closed("a", thing);
            closing.add(thing);
        }
        return closing;
    }

    @Test
    void closed_otherInstanceIsIgnored() {
        Thing first = open("a");
        assertThat(things.closed("a", new Thing("a"))).isFalse();
        assertThat(things.list()).containsExactly(first);
    }

    @Test
    void close_closesInReverseOrderDespiteFailures() {
        NamedInstances<String, Uses> failing = new NamedInstances<>("thing", name -> new Uses(0, 0), name -> {
            closedNames.add(name);
            throw new IllegalStateException(name);
        });
        failing.open("a", () -> "a");
        failing.open("b", () -> "b");
        assertThatThrownBy(failing::close).hasMessage("b").hasSuppressedException(new IllegalStateException("a"));
        assertThat(closedNames).containsExactly("b", "a");
    }

    @Test
    void open_atTheEndOfTheStackDoesNothingOrHasRoomForClassesThatAreLoaded() throws Exception {
        List<Throwable> cutShort = new ArrayList<>();
        Thread thread = new Thread(null, () -> openAtEveryDepth(0, cutShort), "deep", 512 * 1024);
        thread.start();
        thread.join();
        assertThat(cutShort).isEmpty();
        assertThat(closedNames).isNotEmpty();
        things.open("deep", () -> new Thing("deep")).close();
    }

    /** Opens an instance at every depth, deepest first; the maker needs 48 KiB of stack. */
    private void openAtEveryDepth(int depth, List<Throwable> cutShort) {
        try {
            openAtEveryDepth(depth + 1, cutShort);
        } catch (StackOverflowError end) {
            // here the stack is full
        }
        if (depth % 50 == 0) {
            things.open("deep", () -> {
                        try {
                            StackRoom.require(48);
                        } catch (StackOverflowError overflow) {
                            cutShort.add(overflow);
                        }
                        return new Thing("deep");
                    })
                    .close();
        }
    }
}
