package dev.geotherm.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentFactory;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ComponentKindTest {

    @Test
    void kinds_areInOrderOfCreation() {
        assertThat(ComponentKind.values())
                .extracting(ComponentKind::section)
                .containsExactly("pool", "diff", "streaming", "batch", "embedding", "anchors", "retrieval");
    }

    @Test
    void kinds_shareNoType() {
        assertThat(ComponentKind.values())
                .extracting(ComponentKind::factoryType)
                .doesNotHaveDuplicates();
        assertThat(ComponentKind.values())
                .extracting(ComponentKind::componentType)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void factoryType_createsTheComponentType(ComponentKind kind) {
        assertThat(Arrays.stream(kind.factoryType().getGenericInterfaces())
                        .filter(ParameterizedType.class::isInstance)
                        .map(ParameterizedType.class::cast)
                        .filter(type -> type.getRawType() == ComponentFactory.class)
                        .map(type -> type.getActualTypeArguments()[1]))
                .containsExactly(kind.componentType());
    }

    @ParameterizedTest
    @EnumSource
    void componentType_isAnInterface(ComponentKind kind) {
        assertThat(kind.componentType()).isInterface();
        assertThat(Component.class).isAssignableFrom(kind.componentType());
    }
}
