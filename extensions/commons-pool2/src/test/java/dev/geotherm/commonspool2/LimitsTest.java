package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The limits of a borrower while another thread makes, destroys or clears objects: ours are those of Commons Pool itself. */
class LimitsTest extends PoolFixture {
    private final WidgetFactory factory = new WidgetFactory();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** Whose pool it is. */
    enum Kind {
        COMMONS_POOL,
        GEOTHERM
    }

    private ObjectPool<Widget> waiting(Kind kind, int maxSize, Duration maxWait) {
        if (kind == Kind.GEOTHERM) {
            return new GeothermObjectPool<>(closedAtTheEnd(TestPools.waiting(maxSize, maxWait)), "widgets", factory);
        }
        GenericObjectPoolConfig<Widget> config = config(maxSize);
        config.setMaxWait(maxWait);
        return new GenericObjectPool<>(factory, config);
    }

    private ObjectPool<Widget> failing(Kind kind) {
        if (kind == Kind.GEOTHERM) {
            return new GeothermObjectPool<>(closedAtTheEnd(TestPools.failing(1)), "widgets", factory);
        }
        GenericObjectPoolConfig<Widget> config = config(1);
        config.setBlockWhenExhausted(false);
        return new GenericObjectPool<>(factory, config);
    }

    private static GenericObjectPoolConfig<Widget> config(int maxSize) {
        GenericObjectPoolConfig<Widget> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(maxSize);
        config.setMaxIdle(maxSize);
        config.setJmxEnabled(false);
        return config;
    }

    private void gate() {
        reached.countDown();
        try {
            goOn.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Starts a thread that is making the only object that there may be. */
    private Call<Boolean> adding(ObjectPool<Widget> pool) throws Exception {
        factory.whileMaking = this::gate;
        Call<Boolean> adder = start(() -> {
            pool.addObject();
            return true;
        });
        reached.await();
        return adder;
    }

    /** Starts a thread that is destroying the only object that there may be. */
    private Call<Boolean> clearing(ObjectPool<Widget> pool) throws Exception {
        pool.addObject();
        factory.whileDestroying = this::gate;
        Call<Boolean> cleaner = start(() -> {
            pool.clear();
            return true;
        });
        reached.await();
        return cleaner;
    }

    /** Asserts that the other thread is still at it, lets it end, and asserts that the pool works. */
    private void end(Call<Boolean> other, ObjectPool<Widget> pool) throws Exception {
        assertThat(other.result()).isNotDone();
        factory.whileMaking = () -> {};
        factory.whileDestroying = () -> {};
        goOn.countDown();
        other.get();
        pool.returnObject(call(pool::borrowObject).get());
        assertThat(factory.mostAlive).hasValue(1);
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void borrow_whileAnotherAddsIsRefusedAtItsLimit(Kind kind) throws Exception {
        ObjectPool<Widget> pool = waiting(kind, 1, Duration.ofMillis(100));
        Call<Boolean> adder = adding(pool);
        assertThat(start(pool::borrowObject).failure()).isInstanceOf(NoSuchElementException.class);
        end(adder, pool);
    }

    /** Commons Pool 2.13.1 itself waits here, until the object is made. */
    @ParameterizedTest
    @EnumSource(names = "GEOTHERM")
    void borrow_whileAnotherAddsIsRefusedAtOnceWhereItMayNotWait(Kind kind) throws Exception {
        ObjectPool<Widget> pool = failing(kind);
        Call<Boolean> adder = adding(pool);
        assertThat(start(pool::borrowObject).failure()).isInstanceOf(NoSuchElementException.class);
        end(adder, pool);
    }

    @ParameterizedTest
    @EnumSource
    void borrow_whileAnotherAddsIsInterruptible(Kind kind) throws Exception {
        ObjectPool<Widget> pool = waiting(kind, 1, Duration.ofSeconds(60));
        Call<Boolean> adder = adding(pool);
        Call<Widget> borrower = call(pool::borrowObject);
        borrower.thread().interrupt();
        assertThat(borrower.failure()).isInstanceOf(InterruptedException.class);
        end(adder, pool);
    }

    @ParameterizedTest
    @EnumSource
    void borrow_getsWhatAnotherAdds(Kind kind) throws Exception {
        ObjectPool<Widget> pool = waiting(kind, 1, Duration.ofSeconds(60));
        Call<Boolean> adder = adding(pool);
        Call<Widget> borrower = call(pool::borrowObject);
        factory.whileMaking = () -> {};
        goOn.countDown();
        adder.get();
        assertThat(borrower.get().number).isZero();
        assertThat(factory.mostAlive).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void borrow_whileAnotherClearsIsRefusedAtItsLimit(Kind kind) throws Exception {
        ObjectPool<Widget> pool = waiting(kind, 1, Duration.ofMillis(100));
        Call<Boolean> cleaner = clearing(pool);
        assertThat(start(pool::borrowObject).failure()).isInstanceOf(NoSuchElementException.class);
        end(cleaner, pool);
    }

    @ParameterizedTest
    @EnumSource
    void borrow_whileAnotherClearsIsRefusedAtOnceWhereItMayNotWait(Kind kind) throws Exception {
        ObjectPool<Widget> pool = failing(kind);
        Call<Boolean> cleaner = clearing(pool);
        assertThat(start(pool::borrowObject).failure()).isInstanceOf(NoSuchElementException.class);
        end(cleaner, pool);
    }

    @ParameterizedTest
    @EnumSource
    void borrow_whileAnotherClearsIsInterruptible(Kind kind) throws Exception {
        ObjectPool<Widget> pool = waiting(kind, 1, Duration.ofSeconds(60));
        Call<Boolean> cleaner = clearing(pool);
        Call<Widget> borrower = call(pool::borrowObject);
        borrower.thread().interrupt();
        assertThat(borrower.failure()).isInstanceOf(InterruptedException.class);
        end(cleaner, pool);
    }

    @ParameterizedTest
    @EnumSource
    void clear_doesNotWaitForObjectsBorrowedMeanwhile(Kind kind) throws Exception {
        ObjectPool<Widget> pool = waiting(kind, 2, Duration.ofHours(1));
        Widget first = call(pool::borrowObject).get();
        Widget second = call(pool::borrowObject).get();
        pool.returnObject(first);
        pool.returnObject(second);
        factory.whileDestroying = this::gate;
        Call<Boolean> cleaner = start(() -> {
            pool.clear();
            return true;
        });
        reached.await();
        Widget taken = call(pool::borrowObject).get();
        Call<Widget> waiter = call(pool::borrowObject); // for the place of what is being destroyed
        goOn.countDown();
        assertThat(cleaner.get()).isTrue();
        pool.returnObject(taken);
        pool.returnObject(waiter.get());
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void clear_destroysWhatIsIdleAndWaitsForNothing(Kind kind) throws Exception {
        ObjectPool<Widget> pool = waiting(kind, 2, Duration.ofSeconds(60));
        pool.addObjects(2);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger destroyed = new AtomicInteger();
        factory.whileDestroying = destroyed::incrementAndGet;
        Call<Boolean> first = borrowing(pool, enough);
        Call<Boolean> second = borrowing(pool, enough);
        int rounds = 200;
        for (int i = 0; i < rounds; i++) {
            start(() -> {
                        pool.clear();
                        return true;
                    })
                    .get();
        }
        enough.set(true);
        first.get();
        second.get();
        assertThat(destroyed.get()).isLessThanOrEqualTo(2 * rounds);
        assertThat(factory.mostAlive).hasValue(2);
        pool.close();
    }

    private static Call<Boolean> borrowing(ObjectPool<Widget> pool, AtomicBoolean enough) {
        return start(() -> {
            while (!enough.get()) {
                Widget widget = pool.borrowObject();
                Thread.onSpinWait();
                pool.returnObject(widget);
            }
            return true;
        });
    }
}
