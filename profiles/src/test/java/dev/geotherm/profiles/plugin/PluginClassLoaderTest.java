package dev.geotherm.profiles.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.Injector;
import dev.geotherm.api.Component;
import dev.geotherm.delta.StateDelta;
import java.net.URL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginClassLoaderTest {

    private static Class<?> loadedByAPluginThatHasIt(Class<?> type) throws Exception {
        URL jar = type.getProtectionDomain().getCodeSource().getLocation();
        try (PluginClassLoader loader =
                new PluginClassLoader("plugin", new URL[] {jar}, PluginClassLoaderTest.class.getClassLoader())) {
            return loader.loadClass(type.getName());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Component.class, StateDelta.class, JsonNode.class})
    void loadClass_takesTypesOfTheApiFromThePlatform(Class<?> type) throws Exception {
        assertThat(loadedByAPluginThatHasIt(type)).isSameAs(type);
    }

    @ParameterizedTest
    @ValueSource(classes = Injector.class)
    void loadClass_takesOtherTypesFromThePlugin(Class<?> type) throws Exception {
        assertThat(loadedByAPluginThatHasIt(type)).isNotSameAs(type).hasToString(type.toString());
    }
}
