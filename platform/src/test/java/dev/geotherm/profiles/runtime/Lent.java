package dev.geotherm.profiles.runtime;

import dev.geotherm.api.Component;
import dev.geotherm.api.kind.ComponentKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A component as the users of a platform see it: through its handle, except that it can be closed. */
final class Lent {
    private Lent() {}

    static <C extends Component> C of(ComponentKind kind, Class<C> type, C component) {
        Component handle = Handles.of(kind, "lent", component);
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(method.getName().equals("close") ? component : handle, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }
}
