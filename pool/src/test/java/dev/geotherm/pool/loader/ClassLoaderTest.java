package dev.geotherm.pool.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.pool.none.NonePoolsFactory;
import dev.geotherm.pool.slab.SlabPoolsFactory;
import dev.geotherm.pool.striped.StripedPoolsFactory;
import dev.geotherm.pool.vector.FloatVector;
import dev.geotherm.pool.vector.VectorAllocator;
import dev.geotherm.testkit.Patience;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed pools keep no class loader alive, as redeployment in an application server requires. */
final class ClassLoaderTest {

    @ParameterizedTest
    @ValueSource(classes = {Striped.class, Slab.class, None.class})
    void close_letsTheClassLoaderBeCollected(Class<?> user) throws Exception {
        WeakReference<ClassLoader> loader = useInChildLoader(user.getName());
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    private static WeakReference<ClassLoader> useInChildLoader(String user) throws Exception {
        try (URLClassLoader child = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Runnable runnable =
                    (Runnable) child.loadClass(user).getDeclaredConstructor().newInstance();
            assertThat(runnable.getClass().getClassLoader()).isSameAs(child);
            Thread thread = new Thread(runnable, "redeployed");
            thread.setContextClassLoader(child);
            Throwable[] failure = new Throwable[1];
            thread.setUncaughtExceptionHandler((ended, failed) -> failure[0] = failed);
            thread.start();
            thread.join();
            assertThat(failure[0]).isNull();
            return new WeakReference<>(child);
        }
    }

    /** Returns the class path of this JVM without the log, which has its own threads. */
    private static URL[] classPath() {
        List<String> entries =
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        return entries.stream()
                .filter(entry -> !entry.contains("logback"))
                .map(Path::of)
                .map(path -> {
                    try {
                        return path.toUri().toURL();
                    } catch (MalformedURLException impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .toArray(URL[]::new);
    }

    /** Opens pools of vectors, uses one and closes all. */
    private static class User implements Runnable {
        private final Supplier<ObjectPoolsFactory<?>> factory;

        User(Supplier<ObjectPoolsFactory<?>> factory) {
            this.factory = factory;
        }

        @Override
        public void run() {
            use(factory.get());
        }

        private static <S extends Record> void use(ObjectPoolsFactory<S> factory) {
            try (ObjectPools pools = factory.create(
                            Settings.defaults(factory.settings()), ComponentContext.standalone("child"));
                    ObjectPool<FloatVector> vectors = pools.open("vectors", new VectorAllocator(16))) {
                vectors.run(vector -> vector.set(0, 1));
                FloatVector kept = vectors.acquire(); // still in use when the pools are closed
                kept.set(0, 1);
            }
        }
    }

    /** A user of striped pools. */
    public static final class Striped extends User {
        /** For the class loader. */
        public Striped() {
            super(StripedPoolsFactory::new);
        }
    }

    /** A user of slab pools. */
    public static final class Slab extends User {
        /** For the class loader. */
        public Slab() {
            super(SlabPoolsFactory::new);
        }
    }

    /** A user of pools without pooling. */
    public static final class None extends User {
        /** For the class loader. */
        public None() {
            super(NonePoolsFactory::new);
        }
    }
}
