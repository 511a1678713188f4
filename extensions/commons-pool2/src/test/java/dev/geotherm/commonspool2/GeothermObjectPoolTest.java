package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.geotherm.api.pool.ObjectPools;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.DestroyMode;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.PooledObjectState;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The calls of the factory, and the misuse of the pool. */
class GeothermObjectPoolTest extends PoolFixture {
    private final WidgetFactory factory = new WidgetFactory();

    private GeothermObjectPool<Widget> open(ObjectPools pools, Validation... validations) {
        Set<Validation> all = EnumSet.noneOf(Validation.class);
        all.addAll(Set.of(validations));
        return new GeothermObjectPool<>(closedAtTheEnd(pools), "widgets", factory, all);
    }

    private GeothermObjectPool<Widget> open(int maxSize) {
        return new GeothermObjectPool<>(closedAtTheEnd(TestPools.failing(maxSize)), "widgets", factory);
    }

    @Nested
    class CallingTheFactory {

        @Test
        void borrow_makesActivatesAndValidatesANewObject() throws Exception {
            open(1).borrowObject();
            assertThat(factory.calls).containsExactly("made 0", "activate 0", "validate 0");
        }

        @Test
        void returnObject_passivatesAndBorrowActivatesAndValidatesAgain() throws Exception {
            GeothermObjectPool<Widget> pool = open(1);
            pool.returnObject(pool.borrowObject());
            factory.calls.clear();
            pool.returnObject(pool.borrowObject());
            assertThat(factory.calls).containsExactly("activate 0", "validate 0", "passivate 0");
        }

        @Test
        void validation_disabledCallsNothing() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(1));
            pool.returnObject(pool.borrowObject());
            pool.borrowObject();
            assertThat(factory.calls).containsExactly("made 0", "activate 0", "passivate 0", "activate 0");
        }

        @Test
        void returnObject_invalidObjectIsDestroyed() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(1), Validation.ON_RETURN);
            Widget widget = pool.borrowObject();
            factory.valid = false;
            pool.returnObject(widget);
            assertThat(factory.calls).containsExactly("made 0", "activate 0", "validate 0", "destroy 0");
            assertThat(pool.getNumIdle()).isZero();
            assertThat(pool.getNumActive()).isZero();
        }

        @Test
        void borrow_invalidNewObjectIsDestroyedAndCostsNoCapacity() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.failing(1), Validation.ON_CREATE);
            factory.valid = false;
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(pool::borrowObject)
                    .withMessageContaining("widgets");
            factory.failures.put("validate", new IllegalArgumentException("planted"));
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(pool::borrowObject);
            assertThat(factory.alive).hasValue(0);
            factory.failures.clear();
            factory.valid = true;
            assertThatCode(pool::borrowObject).doesNotThrowAnyException();
        }

        @Test
        void borrow_brokenIdleObjectIsReplaced() throws Exception {
            GeothermObjectPool<Widget> pool = open(3);
            Widget first = pool.borrowObject();
            Widget second = pool.borrowObject();
            pool.returnObject(first);
            pool.returnObject(second);
            factory.calls.clear();
            factory.valid = false;
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(pool::borrowObject)
                    .withMessageContaining("widgets");
            assertThat(factory.alive).hasValue(0); // both idle ones and the new one
            assertThat(factory.calls).contains("destroy 0", "destroy 1", "made 2", "destroy 2");
            factory.valid = true;
            assertThat(pool.borrowObject().number).isEqualTo(3);
        }

        @Test
        void borrow_brokenPreallocatedObjectIsReplaced() throws Exception {
            GeothermObjectPool<Widget> pool = open(TestPools.preallocated(2, 1));
            assertThat(pool.getNumIdle()).isEqualTo(1);
            IllegalStateException planted = new IllegalStateException("planted");
            factory.failures.put("activate", planted);
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(pool::borrowObject)
                    .withCause(planted);
            assertThat(factory.calls)
                    .containsExactly("made 0", "activate 0", "destroy 0", "made 1", "activate 1", "destroy 1");
        }

        @Test
        void borrow_exceptionOfTheFactoryIsThrownAndCostsNoCapacity() {
            GeothermObjectPool<Widget> pool = open(1);
            IOException planted = new IOException("planted");
            factory.failures.put("make", planted);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(pool::borrowObject).isSameAs(planted);
            }
            factory.failures.clear();
            assertThatCode(pool::borrowObject).doesNotThrowAnyException();
        }

        @Test
        void borrow_errorOfTheFactoryIsThrownAndCostsNoCapacity() throws Exception {
            GeothermObjectPool<Widget> pool = open(1);
            for (String call : Set.of("make", "activate", "validate")) {
                AssertionError planted = new AssertionError("planted in " + call);
                factory.failures.put(call, planted);
                assertThatThrownBy(pool::borrowObject).isSameAs(planted);
                factory.failures.clear();
            }
            Widget widget = pool.borrowObject();
            AssertionError planted = new AssertionError("planted in passivate");
            factory.failures.put("passivate", planted);
            assertThatThrownBy(() -> pool.returnObject(widget)).isSameAs(planted);
            factory.failures.clear();
            assertThat(factory.alive).hasValue(0);
            assertThatCode(pool::borrowObject).doesNotThrowAnyException();
        }

        @Test
        void borrow_interruptedFactoryThrows() {
            GeothermObjectPool<Widget> pool = open(1);
            factory.failures.put("make", new InterruptedException("planted"));
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(pool::borrowObject);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        void borrow_factoryThatReturnsNullIsNamed() {
            PooledObjectFactory<Widget> none = new WidgetFactoryThatMakes(new Widget(0)) {
                @Override
                public PooledObject<Widget> makeObject() {
                    return null;
                }
            };
            GeothermObjectPool<Widget> pool =
                    new GeothermObjectPool<>(closedAtTheEnd(TestPools.failing(1)), "widgets", none);
            assertThatExceptionOfType(NullPointerException.class)
                    .isThrownBy(pool::borrowObject)
                    .withMessageContaining("factory");
        }

        @Test
        void borrow_factoryThatReturnsAnObjectTwiceIsRefused() throws Exception {
            PooledObjectFactory<Widget> same = new WidgetFactoryThatMakes(new Widget(7));
            GeothermObjectPool<Widget> pool =
                    new GeothermObjectPool<>(closedAtTheEnd(TestPools.failing(2)), "widgets", same);
            Widget widget = pool.borrowObject();
            assertThatIllegalStateException()
                    .isThrownBy(pool::borrowObject)
                    .withMessageContaining("widgets")
                    .withMessageContaining("already has");
            pool.returnObject(widget);
            assertThat(pool.borrowObject()).isSameAs(widget);
        }

        @Test
        void pooledObject_isKeptAndTracksStateAndLoans() throws Exception {
            GeothermObjectPool<Widget> pool = open(1);
            for (int loan = 1; loan <= 3; loan++) {
                Widget widget = pool.borrowObject();
                PooledObject<Widget> wrapper = factory.lastMade;
                assertThat(wrapper.getState()).isEqualTo(PooledObjectState.ALLOCATED);
                assertThat(wrapper.getBorrowedCount()).isEqualTo(loan);
                pool.returnObject(widget);
                assertThat(wrapper.getState()).isEqualTo(PooledObjectState.IDLE);
                assertThat(wrapper.getLastReturnInstant()).isAfterOrEqualTo(wrapper.getLastBorrowInstant());
            }
            Widget widget = pool.borrowObject();
            PooledObject<Widget> wrapper = factory.lastMade;
            pool.invalidateObject(widget);
            assertThat(wrapper.getState()).isEqualTo(PooledObjectState.INVALID);
        }

        @Test
        void borrow_idleObjectAllocatesNothing() throws Exception {
            GeothermObjectPool<Widget> pool = new GeothermObjectPool<>(
                    closedAtTheEnd(TestPools.failing(4)), "widgets", new FactoryOfSilentWrappers());
            lend(pool, 20_000);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            lend(pool, 100_000);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000); // a byte a loan
        }

        private void lend(GeothermObjectPool<Widget> pool, int times) throws Exception {
            for (int i = 0; i < times; i++) {
                pool.returnObject(pool.borrowObject());
            }
        }

        @Test
        void invalidate_passesTheDestroyModeToTheFactory() throws Exception {
            GeothermObjectPool<Widget> pool = open(1);
            pool.invalidateObject(pool.borrowObject(), DestroyMode.ABANDONED);
            assertThat(factory.calls).endsWith("destroyAbandoned 0");
        }

        @Test
        void invalidate_objectThatCannotBeDestroyedIsRemoved() throws Exception {
            GeothermObjectPool<Widget> pool = open(1);
            IOException planted = new IOException("planted");
            factory.failures.put("destroy", planted);
            Widget widget = pool.borrowObject();
            assertThatThrownBy(() -> pool.invalidateObject(widget)).isSameAs(planted);
            factory.failures.put("passivate", planted);
            pool.returnObject(pool.borrowObject());
            assertThat(pool.getNumActive()).isZero();
            assertThat(pool.borrowObject().number).isEqualTo(2);
        }
    }

    /** A factory of objects with wrappers that do not record the time, which would allocate. */
    private static final class FactoryOfSilentWrappers extends BasePooledObjectFactory<Widget> {
        @Override
        public Widget create() {
            return new Widget(0);
        }

        @Override
        public PooledObject<Widget> wrap(Widget made) {
            return new DefaultPooledObject<>(made) {
                @Override
                public boolean allocate() {
                    return true;
                }

                @Override
                public void markReturning() {}

                @Override
                public boolean deallocate() {
                    return true;
                }
            };
        }
    }

    /** A factory that returns the same object each time. */
    private static class WidgetFactoryThatMakes extends BasePooledObjectFactory<Widget> {
        private final Widget widget;

        WidgetFactoryThatMakes(Widget widget) {
            this.widget = widget;
        }

        @Override
        public Widget create() {
            return widget;
        }

        @Override
        public PooledObject<Widget> wrap(Widget made) {
            return new DefaultPooledObject<>(made);
        }
    }

    @Nested
    class Misusing {

        @Test
        void returnObject_twiceIsRefused() throws Exception {
            GeothermObjectPool<Widget> pool = open(2);
            Widget returned = pool.borrowObject();
            pool.returnObject(returned);
            assertRefused(pool, returned);
            Widget invalidated = pool.borrowObject();
            pool.invalidateObject(invalidated);
            assertRefused(pool, invalidated);
            assertThat(pool.getNumIdle() + pool.getNumActive()).isZero();
        }

        @Test
        void returnObject_ofAnotherPoolIsRefused() throws Exception {
            ObjectPools pools = closedAtTheEnd(TestPools.failing(1));
            GeothermObjectPool<Widget> right = new GeothermObjectPool<>(pools, "right", factory);
            GeothermObjectPool<Widget> wrong = new GeothermObjectPool<>(pools, "wrong", factory);
            wrong.borrowObject();
            Widget widget = right.borrowObject(); // equal to the other one
            assertRefused(wrong, widget);
            assertThat(wrong.getNumActive()).isEqualTo(1);
            assertThatCode(() -> right.returnObject(widget)).doesNotThrowAnyException();
        }

        @Test
        void returnObject_neverBorrowedIsRefused() {
            assertRefused(open(1), new Widget(0));
            assertRefused(open(1), null);
        }

        @Test
        void constructor_nameInUseIsRefused() {
            ObjectPools pools = closedAtTheEnd(TestPools.failing(1));
            GeothermObjectPool<Widget> first = new GeothermObjectPool<>(pools, "widgets", factory);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new GeothermObjectPool<>(pools, "widgets", factory))
                    .withMessageContaining("widgets");
            first.close();
            assertThatCode(() -> new GeothermObjectPool<>(pools, "widgets", factory))
                    .doesNotThrowAnyException();
        }

        @Test
        void borrow_afterTheComponentClosedIsRefused() throws Exception {
            ObjectPools pools = closedAtTheEnd(TestPools.failing(2));
            GeothermObjectPool<Widget> pool = new GeothermObjectPool<>(pools, "widgets", factory);
            Widget widget = pool.borrowObject();
            pools.close();
            assertThatIllegalStateException().isThrownBy(pool::borrowObject);
            pool.returnObject(widget);
            assertThat(factory.alive).hasValue(0);
        }

        private void assertRefused(GeothermObjectPool<Widget> pool, Widget widget) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> pool.returnObject(widget))
                    .withMessageContaining("not borrowed here");
            assertThatIllegalStateException()
                    .isThrownBy(() -> pool.invalidateObject(widget))
                    .withMessageContaining("not borrowed here");
        }
    }
}
