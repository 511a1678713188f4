package dev.geotherm.profiles.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.Component;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.streaming.IngestionPipeline;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HandlesTest {
    private static final Set<Class<?>> NAMED = Set.of(
            ObjectPool.class, IngestionPipeline.class, TrackedState.class, ContextCache.class, PassageIndex.class);

    /** A target of handles that records each call and answers with a recorder or a constant. */
    private static final class RecordingTarget implements InvocationHandler {
        final List<List<Object>> calls = new ArrayList<>();

        static Object proxy(Class<?> type, RecordingTarget target) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, target);
        }

        static RecordingTarget of(Object proxy) {
            return (RecordingTarget) Proxy.getInvocationHandler(proxy);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            if (method.getName().equals("toString")) {
                return "target";
            }
            calls.add(call(method, arguments == null ? new Object[0] : arguments));
            Class<?> type = method.getReturnType();
            if (NAMED.contains(type)) {
                return proxy(type, new RecordingTarget());
            }
            return value(type, 7);
        }
    }

    private static List<Object> call(Method method, Object[] arguments) {
        List<Object> call = new ArrayList<>();
        call.add(method.getName());
        call.add(List.of(method.getParameterTypes()));
        call.add(Arrays.asList(arguments));
        return call;
    }

    /** Returns a value that differs from those at other positions, if the type makes that easy. */
    private static Object value(Class<?> type, int position) {
        if (type == String.class || type == Object.class) {
            return "value " + position;
        } else if (type == int.class) {
            return position;
        } else if (type == long.class) {
            return (long) position;
        } else if (type == double.class) {
            return (double) position;
        } else if (type == boolean.class) {
            return true;
        } else if (type == float[].class) {
            return new float[position];
        }
        return type == JsonNode.class ? IntNode.valueOf(position) : null;
    }

    /**
     * Calls every method of the interface and checks that the target received the same call; returns the types it
     * opened.
     */
    private static Set<Class<?>> checkDelegation(Class<?> type, Object handle, RecordingTarget target)
            throws Exception {
        Set<Class<?>> opened = new HashSet<>();
        for (Method method : type.getMethods()) {
            boolean refused = handle instanceof Component && method.getName().equals("close");
            if (Modifier.isStatic(method.getModifiers()) || method.isBridge() || refused) {
                continue;
            }
            Class<?>[] types = method.getParameterTypes();
            Object[] arguments = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                arguments[i] = value(types[i], i);
            }
            target.calls.clear();
            Object result = method.invoke(handle, arguments);
            assertThat(target.calls).as("%s", method).isEqualTo(List.of(call(method, arguments)));
            Class<?> returned = method.getReturnType();
            if (returned == Retriever.class) {
                assertThat(result).isInstanceOf(RetrieverHandle.class);
            } else if (!NAMED.contains(returned)) {
                assertThat(result).as("%s", method).isEqualTo(value(returned, 7));
            } else if (!Proxy.isProxyClass(result.getClass())) {
                opened.add(returned);
                checkNamed(returned, result);
            }
        }
        return opened;
    }

    private static void checkNamed(Class<?> type, Object handle) throws Exception {
        var field = handle.getClass().getDeclaredField("target");
        field.setAccessible(true);
        RecordingTarget target = RecordingTarget.of(field.get(handle));
        checkDelegation(type, handle, target);
        assertThat(handle).hasToString("target");
    }

    @ParameterizedTest
    @EnumSource
    void everyMethod_isDelegatedOnceWithItsArgumentsAndResult(ComponentKind kind) throws Exception {
        RecordingTarget target = new RecordingTarget();
        Component handle = Handles.of(kind, "any", (Component) RecordingTarget.proxy(kind.componentType(), target));
        Set<Class<?>> opened = checkDelegation(kind.componentType(), handle, target);
        assertThat(opened)
                .isEqualTo(
                        switch (kind) {
                            case POOL -> Set.of(ObjectPool.class);
                            case STREAMING -> Set.of(IngestionPipeline.class);
                            case DIFF -> Set.of(TrackedState.class, ContextCache.class);
                            case RETRIEVAL -> Set.of(PassageIndex.class);
                            default -> Set.of();
                        });
    }

    @Test
    void retrieverOfIndex_delegatesToTheRetrieverOfTheTarget() throws Exception {
        RecordingTarget retriever = new RecordingTarget();
        PassageIndex target = (PassageIndex) Proxy.newProxyInstance(
                PassageIndex.class.getClassLoader(),
                new Class<?>[] {PassageIndex.class},
                (proxy, method, arguments) -> RecordingTarget.proxy(Retriever.class, retriever));
        PassageIndexHandle handle = new PassageIndexHandle(target);
        assertThat(handle.retriever()).isSameAs(handle.retriever()).hasToString("target");
        checkDelegation(Retriever.class, handle.retriever(), retriever);
    }

    @ParameterizedTest
    @EnumSource
    void closeOfComponent_isRefusedAndDescribesTheOwner(ComponentKind kind) {
        RecordingTarget target = new RecordingTarget();
        Component handle = Handles.of(kind, "any", (Component) RecordingTarget.proxy(kind.componentType(), target));
        assertThatThrownBy(handle::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(kind.section() + " belongs to a platform");
        assertThat(target.calls).isEmpty();
        assertThat(handle).hasToString(kind.section() + " (any)");
        assertThat(handle.equals(RecordingTarget.proxy(kind.componentType(), target)))
                .isFalse();
    }

    @Test
    void exception_isThrownAsItIs() {
        PoolExhaustedException failure = new PoolExhaustedException("none left");
        ObjectPools handle = (ObjectPools) Handles.of(ComponentKind.POOL, "any", (Component) Proxy.newProxyInstance(
                ObjectPools.class.getClassLoader(), new Class<?>[] {ObjectPools.class}, (proxy, method, arguments) -> {
                    throw failure;
                }));
        assertThatThrownBy(handle::metrics).isSameAs(failure);
        assertThatCode(handle::toString).doesNotThrowAnyException();
        assertThat(failure).isNotInstanceOf(InvocationTargetException.class);
    }
}
