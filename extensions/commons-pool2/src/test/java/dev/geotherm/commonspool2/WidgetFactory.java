package dev.geotherm.commonspool2;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.pool2.DestroyMode;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** A factory of {@link Widget}s that records each call as {@code name number}, and throws on request. */
final class WidgetFactory implements PooledObjectFactory<Widget> {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger alive = new AtomicInteger();
    final AtomicInteger mostAlive = new AtomicInteger();

    /** The exception of each call, by name. */
    final Map<String, Throwable> failures = new ConcurrentHashMap<>();

    volatile PooledObject<Widget> lastMade;
    volatile boolean valid = true;
    volatile boolean records = true;
    volatile Runnable whileMaking = () -> {};
    volatile Runnable whileDestroying = () -> {};

    private void called(String call, PooledObject<Widget> pooled) {
        if (records) {
            calls.add(call + " " + pooled.getObject());
        }
        throwFor(call);
    }

    private void throwFor(String call) {
        Throwable failure = failures.get(call);
        if (failure != null) {
            sneak(failure);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }

    @Override
    public PooledObject<Widget> makeObject() {
        mostAlive.accumulateAndGet(alive.incrementAndGet(), Math::max);
        try {
            whileMaking.run();
            throwFor("make");
        } catch (Throwable failed) {
            alive.decrementAndGet();
            throw failed;
        }
        PooledObject<Widget> pooled = new DefaultPooledObject<>(new Widget(made.getAndIncrement()));
        lastMade = pooled;
        called("made", pooled);
        return pooled;
    }

    @Override
    public void activateObject(PooledObject<Widget> pooled) {
        called("activate", pooled);
    }

    @Override
    public boolean validateObject(PooledObject<Widget> pooled) {
        called("validate", pooled);
        return valid;
    }

    @Override
    public void passivateObject(PooledObject<Widget> pooled) {
        called("passivate", pooled);
    }

    @Override
    public void destroyObject(PooledObject<Widget> pooled) {
        throw new AssertionError("the mode was not passed on");
    }

    @Override
    public void destroyObject(PooledObject<Widget> pooled, DestroyMode mode) {
        whileDestroying.run();
        alive.decrementAndGet();
        called(mode == DestroyMode.NORMAL ? "destroy" : "destroyAbandoned", pooled);
    }
}
