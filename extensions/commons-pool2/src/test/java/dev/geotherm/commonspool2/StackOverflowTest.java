package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.StackDive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.ObjectPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers that run out of stack at any call: no lock stays held, no capacity is lost, and the pool closes. */
class StackOverflowTest extends PoolFixture {
    private static final int SIZE = 3;

    private final WidgetFactory factory = new WidgetFactory();

    StackOverflowTest() {
        factory.records = false;
    }

    /** What the diver borrowed and may not have returned; set by stores, which need no stack. */
    private static final class Loan {
        private volatile Widget widget;
    }

    @Test
    void stackOverflow_inAnyOperationKeepsThePoolUsable() throws Exception {
        overflow(5);
    }

    @Test
    @Tag("full")
    void stackOverflow_manyTimesKeepsThePoolUsable() throws Exception {
        overflow(100);
    }

    private void overflow(int dives) throws Exception {
        ObjectPool<Widget> pool = new GeothermObjectPool<>(closedAtTheEnd(TestPools.failing(SIZE)), "widgets", factory);
        for (int dive = 0; dive < dives; dive++) {
            Loan loan = new Loan();
            StackDive.run(depth -> use(pool, loan, depth));
            if (loan.widget != null) {
                giveBack(pool, loan.widget, false);
            }
            assertLendsAll(pool);
        }
        start(() -> {
                    pool.close();
                    return true;
                })
                .get();
        assertThat(factory.alive).hasValue(0);
    }

    private static void use(ObjectPool<Widget> pool, Loan loan, int depth) {
        try {
            switch (depth % 8) {
                case 6 -> pool.addObject();
                case 7 -> pool.clear();
                default -> {
                    if (loan.widget == null) { // else the last return has overflowed
                        loan.widget = pool.borrowObject();
                    }
                    giveBack(pool, loan.widget, depth % 8 == 0);
                    loan.widget = null;
                }
            }
        } catch (NoSuchElementException full) {
            // capacity that an overflow has cost for now
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static void giveBack(ObjectPool<Widget> pool, Widget widget, boolean isBroken) throws Exception {
        try {
            if (isBroken) {
                pool.invalidateObject(widget);
            } else {
                pool.returnObject(widget);
            }
        } catch (IllegalStateException returned) { // before it overflowed
            assertThat(returned).hasMessageContaining("not borrowed here");
        }
    }

    /** Asserts that the pool lends all objects that it may, once its upkeep has found what an overflow has cost. */
    private static void assertLendsAll(ObjectPool<Widget> pool) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(20)).until(() -> {
            System.gc();
            return start(() -> lendsAll(pool)).get();
        });
        assertThat(pool.getNumActive()).isZero();
    }

    private static boolean lendsAll(ObjectPool<Widget> pool) throws Exception {
        List<Widget> all = new ArrayList<>();
        try {
            for (int i = 0; i < SIZE; i++) {
                all.add(pool.borrowObject());
            }
            return true;
        } catch (NoSuchElementException full) {
            return false;
        } finally {
            for (Widget widget : all) {
                pool.returnObject(widget);
            }
        }
    }
}
