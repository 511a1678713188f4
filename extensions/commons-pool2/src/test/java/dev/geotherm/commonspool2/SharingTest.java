package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.pool.ObjectPools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Use by many threads. */
class SharingTest extends PoolFixture {
    private static final int THREADS = 8;
    private static final int ROUNDS = 3_000;
    private static final int MANY_ROUNDS = 20_000;

    private final WidgetFactory factory = new WidgetFactory();

    SharingTest() {
        factory.records = false;
    }

    enum Kind {
        WAITING {
            @Override
            ObjectPools pools() {
                return TestPools.waiting(THREADS / 2, Duration.ofSeconds(60));
            }
        },
        FAILING {
            @Override
            ObjectPools pools() {
                return TestPools.failing(THREADS / 2);
            }
        },
        ALLOCATING {
            @Override
            ObjectPools pools() {
                return TestPools.allocating(THREADS / 2);
            }
        },
        /** Half of the threads wait for each object, in turn: every use is a switch between threads. */
        KEEPING_NOTHING {
            @Override
            int divisor() {
                return 8;
            }

            @Override
            ObjectPools pools() {
                return TestPools.keepingNothing(THREADS / 2);
            }
        },
        COMMONS {
            @Override
            ObjectPools pools() {
                return TestPools.lastInFirstOut();
            }
        };

        abstract ObjectPools pools();

        int divisor() {
            return 1;
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void concurrency_noObjectHasTwoBorrowersAndNoneIsLost(Kind kind) {
        shareObjects(kind, ROUNDS / kind.divisor());
    }

    @ParameterizedTest
    @Tag("full")
    @EnumSource(Kind.class)
    void concurrency_noObjectHasTwoBorrowersInManyRounds(Kind kind) {
        shareObjects(kind, MANY_ROUNDS / kind.divisor());
    }

    private void shareObjects(Kind kind, int rounds) {
        GeothermObjectPool<Widget> pool = new GeothermObjectPool<>(closedAtTheEnd(kind.pools()), "widgets", factory);
        AtomicInteger loans = new AtomicInteger();
        List<Call<Boolean>> users = IntStream.range(0, THREADS)
                .mapToObj(user -> start(() -> {
                    for (int round = 0; round < rounds; round++) {
                        if (use(pool, round)) {
                            loans.incrementAndGet();
                        }
                    }
                    return true;
                }))
                .toList();
        users.forEach(Call::get);
        assertThat(loans.get()).isGreaterThan(rounds);
        assertThat(pool.getNumActive()).isZero();
        assertThat(pool.getNumIdle()).isEqualTo(factory.alive.get());
        if (kind == Kind.WAITING || kind == Kind.FAILING || kind == Kind.KEEPING_NOTHING) {
            assertThat(factory.mostAlive.get()).isLessThanOrEqualTo(THREADS / 2);
        }
        pool.close();
        assertThat(factory.alive).hasValue(0);
    }

    /** Borrows, uses and returns an object; returns false if there was none. */
    private static boolean use(GeothermObjectPool<Widget> pool, int round) throws Exception {
        Widget widget;
        try {
            widget = pool.borrowObject();
        } catch (NoSuchElementException full) {
            LockSupport.parkNanos(1_000);
            return false;
        }
        widget.take();
        if (round % 64 == 0) {
            LockSupport.parkNanos(1_000);
        }
        widget.giveBack();
        if (round % 32 == 0) {
            pool.invalidateObject(widget);
        } else {
            pool.returnObject(widget);
        }
        return true;
    }

    @Test
    void returnObject_oneOfRacingReturnsSucceeds() throws Exception {
        int rounds = 500;
        GeothermObjectPool<Widget> pool =
                new GeothermObjectPool<>(closedAtTheEnd(TestPools.failing(1)), "widgets", factory);
        Widget[] contested = new Widget[1];
        AtomicInteger accepted = new AtomicInteger();
        CyclicBarrier begin = new CyclicBarrier(4, () -> contested[0] = borrow(pool));
        List<Call<Boolean>> racers = IntStream.range(0, 4)
                .mapToObj(racer -> start(() -> {
                    for (int round = 0; round < rounds; round++) {
                        begin.await(60, TimeUnit.SECONDS);
                        try {
                            if (racer % 2 == 0) {
                                pool.returnObject(contested[0]);
                            } else {
                                pool.invalidateObject(contested[0]);
                            }
                            accepted.incrementAndGet();
                        } catch (IllegalStateException refused) {
                            assertThat(refused).hasMessageContaining("not borrowed here");
                        }
                    }
                    return true;
                }))
                .toList();
        racers.forEach(Call::get);
        assertThat(accepted).hasValue(rounds);
        assertThat(pool.getNumActive()).isZero();
    }

    private static Widget borrow(GeothermObjectPool<Widget> pool) {
        try {
            return pool.borrowObject();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void concurrency_addingBorrowingAndClearingRespectTheBound() {
        GeothermObjectPool<Widget> pool =
                new GeothermObjectPool<>(closedAtTheEnd(TestPools.failing(3)), "widgets", factory);
        AtomicBoolean enough = new AtomicBoolean();
        Call<Boolean> adder = start(() -> {
            while (!enough.get()) {
                pool.addObject();
            }
            return true;
        });
        Call<Boolean> cleaner = start(() -> {
            while (!enough.get()) {
                pool.clear();
                LockSupport.parkNanos(50_000);
            }
            return true;
        });
        List<Call<Boolean>> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            users.add(start(() -> {
                for (int round = 0; round < ROUNDS / 4; round++) {
                    use(pool, round);
                }
                return true;
            }));
        }
        users.forEach(Call::get);
        enough.set(true);
        adder.get();
        cleaner.get();
        assertThat(factory.mostAlive.get()).isLessThanOrEqualTo(3);
        assertThat(pool.getNumActive()).isZero();
        assertThat(pool.getNumIdle()).isEqualTo(factory.alive.get());
        pool.clear();
        assertThat(pool.getNumIdle()).isZero();
        assertThat(factory.alive).hasValue(0);
    }
}
