package dev.geotherm.profiles.runtime;

import com.google.inject.Binder;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.Dependency;
import com.google.inject.spi.InjectionPoint;
import com.google.inject.spi.ProviderWithDependencies;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Set;

/**
 * A provider that calls a class's {@code @Inject} constructor by reflection, with dependencies that Guice resolves and
 * checks when the injector is created.
 *
 * <p>Guice's own constructor bindings each generate a class through {@code sun.misc.Unsafe}, which makes JDK 24 and
 * newer print warnings; only a system property for the whole JVM prevents that.
 */
final class ConstructorProvider<T> implements ProviderWithDependencies<T> {
    private final Constructor<T> constructor;
    private final Set<Dependency<?>> dependencies;
    private final List<? extends Provider<?>> arguments;

    @SuppressWarnings("unchecked") // the injection point of a type is a constructor of the type
    ConstructorProvider(Binder binder, Class<T> type) {
        InjectionPoint point = InjectionPoint.forConstructorOf(TypeLiteral.get(type), true);
        constructor = (Constructor<T>) point.getMember();
        constructor.setAccessible(true); // implementations are package-private
        dependencies = Set.copyOf(point.getDependencies());
        arguments = point.getDependencies().stream()
                .map(dependency -> binder.getProvider(dependency))
                .toList();
    }

    @Override
    public Set<Dependency<?>> getDependencies() {
        return dependencies;
    }

    @Override
    public T get() {
        try {
            return constructor.newInstance(arguments.stream().map(Provider::get).toArray());
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException failure) {
                throw failure;
            } else if (thrown.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(constructor + " failed", thrown.getCause());
        } catch (ReflectiveOperationException unexpected) {
            throw new IllegalStateException("cannot call " + constructor, unexpected);
        }
    }
}
