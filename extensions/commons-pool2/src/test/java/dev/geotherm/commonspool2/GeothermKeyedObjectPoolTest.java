package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.pool.ObjectPools;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.pool2.DestroyMode;
import org.apache.commons.pool2.KeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GeothermKeyedObjectPoolTest extends PoolFixture {
    private final Map<String, WidgetFactory> factories = new ConcurrentHashMap<>();
    private boolean records = true;

    private final KeyedPooledObjectFactory<String, Widget> factory = new KeyedPooledObjectFactory<>() {
        @Override
        public PooledObject<Widget> makeObject(String key) {
            return of(key).makeObject();
        }

        @Override
        public void activateObject(String key, PooledObject<Widget> pooled) {
            of(key).activateObject(pooled);
        }

        @Override
        public boolean validateObject(String key, PooledObject<Widget> pooled) {
            return of(key).validateObject(pooled);
        }

        @Override
        public void passivateObject(String key, PooledObject<Widget> pooled) {
            of(key).passivateObject(pooled);
        }

        @Override
        public void destroyObject(String key, PooledObject<Widget> pooled) {
            of(key).destroyObject(pooled);
        }

        @Override
        public void destroyObject(String key, PooledObject<Widget> pooled, DestroyMode mode) {
            of(key).destroyObject(pooled, mode);
        }
    };

    private WidgetFactory of(String key) {
        return factories.computeIfAbsent(key, absent -> {
            WidgetFactory made = new WidgetFactory();
            made.records = records;
            return made;
        });
    }

    private GeothermKeyedObjectPool<String, Widget> open(ObjectPools pools) {
        return new GeothermKeyedObjectPool<>(closedAtTheEnd(pools), "widgets", factory);
    }

    @Test
    void key_hasItsOwnObjectsAndBound() throws Exception {
        GeothermKeyedObjectPool<String, Widget> pool = open(TestPools.failing(1));
        Widget a = pool.borrowObject("a");
        pool.borrowObject("b");
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> pool.borrowObject("a"));
        pool.returnObject("a", a);
        assertThat(pool.borrowObject("a")).isSameAs(a);
        assertThat(of("a").calls)
                .containsExactly("made 0", "activate 0", "validate 0", "passivate 0", "activate 0", "validate 0");
        assertThat(pool.getNumActive()).isEqualTo(2);
        assertThat(pool.getNumActive("a")).isEqualTo(1);
    }

    @Test
    void returnObject_twiceOrUnderAnotherKeyIsRefused() throws Exception {
        GeothermKeyedObjectPool<String, Widget> pool = open(TestPools.failing(1));
        Widget a = pool.borrowObject("a");
        Widget b = pool.borrowObject("b");
        assertThatIllegalStateException().isThrownBy(() -> pool.returnObject("b", a));
        assertThatIllegalStateException().isThrownBy(() -> pool.invalidateObject("b", a));
        assertThatIllegalStateException()
                .isThrownBy(() -> pool.returnObject("c", a))
                .withMessageContaining("widgets");
        pool.returnObject("a", a);
        assertThatIllegalStateException().isThrownBy(() -> pool.returnObject("a", a));
        pool.invalidateObject("b", b);
        assertThatIllegalStateException().isThrownBy(() -> pool.invalidateObject("b", b));
    }

    @Test
    void key_isRemovedWithItsLastObject() throws Exception {
        ObjectPools pools = TestPools.failing(2);
        GeothermKeyedObjectPool<String, Widget> pool = open(pools);
        Widget a = pool.borrowObject("a");
        pool.addObject("b");
        Widget c = pool.borrowObject("c");
        assertThat(pool.getKeys()).containsExactlyInAnyOrder("a", "b", "c");
        pool.invalidateObject("a", a);
        pool.clear("b");
        of("c").failures.put("passivate", new IOException("planted"));
        pool.returnObject("c", c);
        assertThat(pool.getKeys()).isEmpty();
        assertThat(pools.metrics().closed()).isEqualTo(pools.metrics().opened());
        assertThat(pool.borrowObject("a").number).isEqualTo(1);
    }

    @Test
    void key_isRemovedIfNoObjectCanBeCreated() {
        GeothermKeyedObjectPool<String, Widget> pool = open(TestPools.failing(2));
        IOException planted = new IOException("planted");
        of("a").failures.put("make", planted);
        assertThatThrownBy(() -> pool.borrowObject("a")).isSameAs(planted);
        assertThatThrownBy(() -> pool.addObject("a")).isSameAs(planted);
        of("a").failures.put("make", new IllegalStateException("planted"));
        assertThatIllegalStateException()
                .isThrownBy(() -> pool.borrowObject("a"))
                .withMessage("planted");
        assertThat(pool.getKeys()).isEmpty();
    }

    @Test
    void key_isRemovedEventuallyAfterBackgroundDeallocation() throws Exception {
        ObjectPools pools = TestPools.failing(2);
        GeothermKeyedObjectPool<String, Widget> pool = open(pools);
        for (int i = 0; i < 200; i++) {
            pool.addObject("key" + i);
            pool.returnObject("key" + i, pool.borrowObject("key" + i));
            pools.trim();
        }
        assertThat(pool.getKeys()).hasSizeLessThanOrEqualTo(32);
    }

    @Test
    void name_doesNotContainTheKey() throws Exception {
        ObjectPools pools = TestPools.failing(2);
        open(pools).borrowObject("secret");
        assertThat(pools.metrics().pools()).containsOnlyKeys("widgets-1");
    }

    @Test
    void close_destroysIdleObjectsAndLaterReturnedOnes() throws Exception {
        GeothermKeyedObjectPool<String, Widget> pool = open(TestPools.failing(2));
        Widget a = pool.borrowObject("a");
        pool.addObject("b");
        pool.close();
        pool.close();
        assertThat(of("b").alive).hasValue(0);
        assertThat(pool.getNumActive()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(() -> pool.borrowObject("a"));
        assertThatIllegalStateException().isThrownBy(() -> pool.addObject("c"));
        pool.returnObject("a", a);
        assertThat(of("a").alive).hasValue(0);
        assertThat(pool.getNumActive()).isZero();
        assertThatCode(pool::clear).doesNotThrowAnyException();
    }

    @Test
    void concurrency_keysCanBeAddedAndRemoved() {
        addAndRemoveKeys(1_500);
    }

    @Test
    @Tag("full")
    void concurrency_keysCanBeAddedAndRemovedManyTimes() {
        addAndRemoveKeys(10_000);
    }

    private void addAndRemoveKeys(int rounds) {
        records = false;
        GeothermKeyedObjectPool<String, Widget> pool = open(TestPools.waiting(2, Duration.ofSeconds(60)));
        AtomicInteger loans = new AtomicInteger();
        List<Call<Boolean>> users = IntStream.range(0, 8)
                .mapToObj(user -> start(() -> {
                    for (int round = 0; round < rounds; round++) {
                        String key = "key" + (user + round) % 3;
                        Widget widget = pool.borrowObject(key);
                        widget.take();
                        loans.incrementAndGet();
                        widget.giveBack();
                        if (round % 3 == 0) {
                            pool.invalidateObject(key, widget);
                        } else {
                            pool.returnObject(key, widget);
                        }
                        if (round % 100 == 0) {
                            pool.clear();
                        }
                    }
                    return true;
                }))
                .toList();
        users.forEach(Call::get);
        assertThat(loans).hasValue(8 * rounds);
        assertThat(pool.getNumActive()).isZero();
        assertThat(factories.values())
                .allSatisfy(each -> assertThat(each.mostAlive.get()).isLessThanOrEqualTo(2));
        pool.clear();
        assertThat(pool.getKeys()).isEmpty();
        assertThat(factories.values()).allSatisfy(each -> assertThat(each.alive).hasValue(0));
    }
}
