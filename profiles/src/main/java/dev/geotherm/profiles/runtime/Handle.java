package dev.geotherm.profiles.runtime;

import dev.geotherm.api.Component;
import dev.geotherm.api.kind.ComponentKind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What users of a component hold in the component's place, so that what is behind it can be another one later.
 *
 * <p>Everything passes through, exceptions included, but {@code close()}: the platform closes what it created.
 */
final class Handle implements InvocationHandler {
    private final ComponentKind kind;
    private final String implementation;
    private final Component behind;

    private Handle(ComponentKind kind, String implementation, Component behind) {
        this.kind = kind;
        this.implementation = implementation;
        this.behind = behind;
    }

    /** Returns an object with the interface of the kind. */
    static Component of(ComponentKind kind, String implementation, Component behind) {
        Class<? extends Component> type = kind.componentType();
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new Handle(kind, implementation, behind)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (method.getName().equals("close") && method.getParameterCount() == 0) {
            throw new IllegalStateException(
                    kind.section() + " belongs to a platform: close the platform, and it closes its components");
        }
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && arguments[0] == proxy;
            case "hashCode" -> System.identityHashCode(proxy);
            default -> kind.section() + " (" + implementation + ")";
        };
    }
}
