package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.testkit.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PoolUtils;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Full pools, and adding, clearing and closing. */
class BoundsAndStockTest extends PoolFixture {
    private final WidgetFactory factory = new WidgetFactory();

    private GeothermObjectPool<Widget> open(ObjectPools pools) {
        return new GeothermObjectPool<>(closedAtTheEnd(pools), "widgets", factory);
    }

    private GeothermObjectPool<Widget> waiting(int maxSize) {
        return open(TestPools.waiting(maxSize, Duration.ofSeconds(60)));
    }

    @Nested
    class Exhausted {

        @Test
        void borrow_fromAFullPoolFailsImmediately() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(2));
            pool.borrowObject();
            pool.borrowObject();
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(pool::borrowObject)
                    .withMessageContaining("widgets")
                    .withMessageContaining("2");
            assertThat(factory.made).hasValue(2);
        }

        @Test
        void borrow_beyondTheBoundCreatesObjectsThatAreDestroyedOnReturn() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.allocating(2));
            List<Widget> widgets = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                widgets.add(pool.borrowObject());
            }
            widgets.forEach(Widget::take);
            assertThat(pool.getNumActive()).isEqualTo(5);
            widgets.forEach(pool::returnObject);
            assertThat(pool.getNumActive()).isZero();
            assertThat(pool.getNumIdle()).isEqualTo(2);
            assertThat(factory.alive).hasValue(2);
        }

        @Test
        void borrow_waitEndsAtItsLimit() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.waiting(1, Duration.ofMillis(50)));
            Widget widget = pool.borrowObject();
            long start = System.nanoTime();
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(pool::borrowObject)
                    .withMessageContaining("widgets");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(49));
            pool.returnObject(widget);
            assertThat(pool.borrowObject()).isSameAs(widget);
        }

        @Test
        void borrow_waiterGetsAReturnedObject() throws Exception {
            GeothermObjectPool<Widget> pool = waiting(1);
            Widget widget = pool.borrowObject();
            Call<Widget> waiter = call(pool::borrowObject);
            assertThat(waiter.result()).isNotDone();
            pool.returnObject(widget);
            assertThat(waiter.get()).isSameAs(widget);
            assertThat(factory.calls)
                    .containsExactly("made 0", "activate 0", "validate 0", "passivate 0", "activate 0", "validate 0");
        }

        @Test
        void borrow_waiterGetsANewObjectAfterAnInvalidation() throws Exception {
            GeothermObjectPool<Widget> pool = waiting(1);
            Widget widget = pool.borrowObject();
            Call<Widget> waiter = call(pool::borrowObject);
            pool.invalidateObject(widget);
            assertThat(waiter.get().number).isEqualTo(1);
        }

        @Test
        void borrow_waiterGetsANewObjectAfterAFailedPassivation() throws Exception {
            GeothermObjectPool<Widget> pool = waiting(1);
            Widget widget = pool.borrowObject();
            Call<Widget> waiter = call(pool::borrowObject);
            factory.failures.put("passivate", new IOException("planted"));
            pool.returnObject(widget);
            assertThat(waiter.get().number).isEqualTo(1);
        }

        @Test
        void borrow_interruptedWaiterThrowsLikeCommonsPool() throws Exception {
            GeothermObjectPool<Widget> pool = waiting(1);
            pool.borrowObject();
            Call<Boolean> waiter = call(() -> {
                assertThatExceptionOfType(InterruptedException.class).isThrownBy(pool::borrowObject);
                return Thread.currentThread().isInterrupted();
            });
            waiter.thread().interrupt();
            assertThat(waiter.get()).isFalse();
        }

        @Test
        void close_wakesWaiters() throws Exception {
            GeothermObjectPool<Widget> pool = waiting(1);
            pool.borrowObject();
            List<Call<Widget>> waiters = List.of(call(pool::borrowObject), call(pool::borrowObject));
            pool.close();
            waiters.forEach(waiter -> assertThat(waiter.failure()).isInstanceOf(IllegalStateException.class));
        }
    }

    @Nested
    class Adding {

        @Test
        void add_objectIsIdleAndBorrowedBeforeANewOne() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(4));
            pool.addObjects(2);
            assertThat(pool.getNumIdle()).isEqualTo(2);
            assertThat(pool.getNumActive()).isZero();
            assertThat(factory.calls).containsExactly("made 0", "passivate 0", "made 1", "passivate 1");
            factory.calls.clear();
            Widget widget = pool.borrowObject();
            assertThat(factory.calls).containsExactly("activate " + widget, "validate " + widget); // none made
            assertThat(pool.getNumIdle()).isEqualTo(1);
            assertThat(pool.getNumActive()).isEqualTo(1);
        }

        @Test
        void add_respectsTheBound() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(3));
            pool.borrowObject();
            pool.addObjects(5);
            assertThat(pool.getNumIdle()).isEqualTo(2);
            assertThat(factory.made).hasValue(3);
            pool.borrowObject();
            pool.borrowObject();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(pool::borrowObject);
        }

        @Test
        void add_brokenObjectIsReplaced() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(1));
            pool.addObject();
            IOException planted = new IOException("planted");
            factory.failures.put("activate", planted);
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(pool::borrowObject)
                    .withCause(planted);
            assertThat(factory.calls)
                    .containsExactly(
                            "made 0", "passivate 0", "activate 0", "destroy 0", "made 1", "activate 1", "destroy 1");
        }

        @Test
        void add_objectThatCannotBePassivatedIsDestroyedLaterAndFreesItsCapacity() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(1));
            IOException planted = new IOException("planted");
            factory.failures.put("passivate", planted);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(pool::addObject).isSameAs(planted);
            }
            assertThat(pool.getNumIdle()).isZero();
            assertThat(pool.getNumActive()).isZero();
            factory.failures.clear();
            assertThatCode(pool::borrowObject).doesNotThrowAnyException();
            assertThat(factory.mostAlive).hasValue(1);
            assertThat(factory.calls).contains("destroy 0", "destroy 1", "destroy 2");
        }

        @Test
        void add_failureOfTheFactoryIsThrownAndCostsNoCapacity() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(1));
            IOException planted = new IOException("planted");
            factory.failures.put("make", planted);
            assertThatThrownBy(pool::addObject).isSameAs(planted);
            factory.failures.clear();
            assertThatCode(pool::addObject).doesNotThrowAnyException();
            assertThat(pool.getNumIdle()).isEqualTo(1);
        }

        /** A gate that blocks a call of the factory until it is opened. */
        private static final class Gate implements Runnable {
            final CountDownLatch reached = new CountDownLatch(1);
            final CountDownLatch goOn = new CountDownLatch(1);

            @Override
            public void run() {
                reached.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            }
        }

        private final Gate gate = new Gate();
        private final GeothermObjectPool<Widget> single = waiting(1);

        private Call<Boolean> startAdding() {
            return start(() -> {
                single.addObject();
                return true;
            });
        }

        @Test
        void borrow_waitsForAnObjectBeingAdded() throws Exception {
            factory.whileMaking = gate;
            Call<Boolean> adder = startAdding();
            gate.reached.await();
            Call<Widget> borrower = call(single::borrowObject);
            assertThat(borrower.result()).isNotDone();
            gate.goOn.countDown();
            adder.get();
            assertThat(borrower.get().number).isZero();
            assertThat(factory.mostAlive).hasValue(1);
        }

        @Test
        void borrow_destroysABrokenObjectInsteadOfExceedingTheBound() throws Exception {
            factory.failures.put("passivate", new IOException("planted"));
            factory.whileMaking = gate;
            Call<Boolean> adder = startAdding();
            gate.reached.await();
            Call<Widget> borrower = call(single::borrowObject);
            gate.goOn.countDown();
            assertThat(adder.failure()).isInstanceOf(IOException.class);
            assertThat(borrower.get().number).isEqualTo(1);
            assertThat(factory.mostAlive).hasValue(1);
        }

        @Test
        void borrow_waitsForAnObjectBeingCleared() throws Exception {
            factory.whileDestroying = gate;
            single.addObject();
            Call<Boolean> cleaner = start(() -> {
                single.clear();
                return true;
            });
            gate.reached.await();
            Call<Widget> borrower = call(single::borrowObject);
            assertThat(borrower.result()).isNotDone();
            gate.goOn.countDown();
            cleaner.get();
            assertThat(borrower.get().number).isEqualTo(1);
            assertThat(factory.mostAlive).hasValue(1);
        }

        @Test
        void close_destroysAnObjectBeingAdded() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(1));
            factory.whileMaking = pool::close;
            pool.addObject();
            assertThat(factory.alive).hasValue(0);
            assertThat(pool.getNumIdle()).isZero();
            assertThatIllegalStateException().isThrownBy(pool::addObject);
        }

        @Test
        void poolUtils_workWithThePool() throws Exception {
            ObjectPool<Widget> pool = PoolUtils.synchronizedPool(open(TestPools.failing(5)));
            pool.addObjects(2);
            assertThat(pool.getNumIdle()).isEqualTo(2);
            var check = PoolUtils.checkMinIdle(pool, 4, 10);
            try {
                await().atMost(Patience.limit())
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> pool.getNumIdle() == 4);
            } finally {
                check.cancel();
            }
            ObjectPool<Widget> eroding = PoolUtils.erodingPool(pool);
            eroding.returnObject(eroding.borrowObject());
            eroding.close();
            assertThat(factory.alive).hasValue(0);
        }
    }

    @Nested
    class ClearingAndClosing {

        @Test
        void clear_destroysIdleObjectsAndLeavesBorrowedOnes() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(20));
            List<Widget> widgets = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                widgets.add(pool.borrowObject());
            }
            Widget kept = widgets.remove(0);
            widgets.forEach(pool::returnObject);
            pool.addObjects(5);
            assertThat(pool.getNumIdle()).isEqualTo(14);
            pool.clear();
            assertThat(pool.getNumIdle()).isZero();
            assertThat(pool.getNumActive()).isEqualTo(1);
            assertThat(factory.alive).hasValue(1);
            assertThat(factory.made).hasValue(15);
            pool.returnObject(kept);
            assertThat(pool.borrowObject()).isSameAs(kept);
        }

        @Test
        void clear_ofAFullPoolDoesNotWait() throws Exception {
            GeothermObjectPool<Widget> pool = waiting(2);
            pool.borrowObject();
            pool.returnObject(pool.borrowObject());
            pool.borrowObject();
            assertThat(call(() -> {
                                pool.clear();
                                return true;
                            })
                            .get())
                    .isTrue();
        }

        @Test
        void close_destroysIdleObjectsAndLaterReturnedOnes() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(5));
            Widget borrowed = pool.borrowObject();
            Widget invalidated = pool.borrowObject();
            pool.returnObject(pool.borrowObject());
            pool.addObject();
            pool.close();
            pool.close();
            assertThat(factory.alive).hasValue(2);
            assertThat(pool.getNumIdle()).isZero();
            assertThat(pool.getNumActive()).isEqualTo(2);
            factory.calls.clear();
            pool.returnObject(borrowed);
            pool.invalidateObject(invalidated);
            assertThat(factory.calls)
                    .containsExactly("passivate " + borrowed, "destroy " + borrowed, "destroy " + invalidated);
            assertThat(pool.getNumActive()).isZero();
            pool.clear();
            assertThatIllegalStateException().isThrownBy(pool::borrowObject);
            assertThatIllegalStateException().isThrownBy(pool::addObject);
        }

        @Test
        void returnObject_overPoolsWithoutReuseDestroysTheObject() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.keepingNothing(2));
            pool.addObject();
            assertThat(pool.getNumIdle()).isEqualTo(1);
            pool.returnObject(pool.borrowObject());
            assertThat(factory.calls)
                    .containsExactly("made 0", "passivate 0", "activate 0", "validate 0", "passivate 0", "destroy 0");
            assertThat(pool.getNumIdle()).isZero();
            assertThat(pool.borrowObject().number).isEqualTo(1);
            pool.clear();
            assertThat(pool.getNumActive()).isEqualTo(1);
        }

        @Test
        void trim_destroysThroughTheFactory() throws Exception {
            ObjectPools pools = TestPools.failing(5);
            GeothermObjectPool<Widget> pool = open(pools);
            pool.returnObject(pool.borrowObject());
            assertThat(pools.trim()).isEqualTo(1);
            assertThat(factory.calls).endsWith("destroy 0");
            assertThat(pool.getNumIdle()).isZero();
        }
    }
}
