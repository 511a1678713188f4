package dev.geotherm.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.Settings;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.metrics.Metrics;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every {@link ComponentFactory}, as JUnit 5 tests.
 *
 * <p>Extend it in a test class next to the class that extends the contract of the component's kind:
 *
 * <pre>{@code
 * final class MyPoolsFactoryTest extends ComponentFactoryContract {
 *     @Override
 *     protected ComponentFactory<?, ?> factory() {
 *         return new MyPoolsFactory();
 *     }
 *
 *     @Override
 *     protected ComponentKind kind() {
 *         return ComponentKind.POOL;
 *     }
 * }
 * }</pre>
 */
public abstract class ComponentFactoryContract {
    private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    /** A folder that is deleted after each test. */
    @TempDir
    protected Path folder;

    private final String instance = "contract" + UUID.randomUUID();

    /** Constructor for subclasses. */
    @SuppressWarnings("NullAway.Init") // JUnit sets the folder
    protected ComponentFactoryContract() {}

    /** Returns a new factory, created by the constructor that the service loader uses. */
    protected abstract ComponentFactory<?, ?> factory();

    /** Returns the kind of component that the factory creates. */
    protected abstract ComponentKind kind();

    /**
     * Returns the context for a component with the given instance name. Override this method if the component uses other
     * components, and close them yourself.
     */
    protected ComponentContext context(String instance) {
        return ComponentContext.standalone(instance).withWorkDirectory(folder.resolve(instance));
    }

    /**
     * Returns the settings for new components, by name. Override this method if the defaults need something outside the
     * test, such as a server.
     */
    protected Map<String, String> overrides() {
        return Map.of();
    }

    @Test
    void name_isLowerCaseWords() {
        assertThat(factory().name()).matches(NAME);
    }

    @Test
    void name_neverChanges() {
        assertThat(factory().name()).isEqualTo(factory().name());
    }

    @Test
    void description_isOneSentence() {
        assertThat(factory().description()).matches("\\p{Lu}[^\\n]+\\.");
    }

    @Test
    void settings_areARecord() {
        assertThat(factory().settings()).isRecord();
    }

    @Test
    void settings_areDescribedInOneSentenceEach() {
        assertThat(Settings.describe(factory().settings()))
                .allSatisfy(setting ->
                        assertThat(setting.description()).as(setting.name()).matches("\\p{Lu}[^\\n]+\\."));
    }

    @Test
    void settings_defaultsAreValid() {
        assertThatCode(() -> Settings.defaults(factory().settings())).doesNotThrowAnyException();
    }

    @Test
    void settings_writtenAndReadAreEqual() {
        Record defaults = Settings.defaults(factory().settings());

        Record read = Settings.of(factory().settings(), Settings.toTexts(defaults));

        assertThat(read).isEqualTo(defaults);
    }

    @Test
    void factory_hasNoState() {
        assertThat(Arrays.stream(factory().getClass().getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .map(Field::getName))
                .isEmpty();
    }

    @Test
    void factory_isFoundByServiceLoader() {
        Class<?> type = factory().getClass();

        assertThat(ServiceLoader.load(kind().factoryType(), type.getClassLoader()).stream()
                        .map(found -> found.type().getName()))
                .contains(type.getName());
    }

    @Test
    void create_returnsComponentOfTheKind() {
        try (Component component = create(factory(), instance)) {
            assertThat(component).isInstanceOf(kind().componentType());
        }
    }

    @Test
    void metrics_existFromTheStart() {
        try (Component component = create(factory(), instance)) {
            assertThat(component.metrics()).isNotNull();
        }
    }

    @Test
    void metrics_areDeclared() {
        try (Component component = create(factory(), instance)) {
            assertThatCode(() -> Metrics.check(component.metrics().getClass())).doesNotThrowAnyException();
        }
    }

    @Test
    void reconfigure_withSameSettingsIsAccepted() {
        ComponentFactory<?, ?> factory = factory();
        try (Component component = create(factory, instance)) {
            if (component instanceof Reconfigurable<?> reconfigurable) {
                assertThatCode(() -> reconfigure(reconfigurable, settings(factory)))
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void create_twoComponentsAreIndependent() {
        ComponentFactory<?, ?> factory = factory();
        try (Component one = create(factory, instance)) {
            create(factory, instance + "b").close();
            assertThat(one.metrics()).isNotNull();
        }
    }

    @Test
    void create_threadsAreDaemons() {
        try (Component component = create(factory(), instance)) {
            assertThat(component).isNotNull();
            assertThat(ThreadsLeft.of(instance)).allMatch(Thread::isDaemon);
        }
    }

    @Test
    void close_twiceDoesNothing() {
        Component component = create(factory(), instance);
        component.close();

        assertThatCode(component::close).doesNotThrowAnyException();
    }

    @Test
    void close_leavesNoThread() {
        create(factory(), instance).close();

        ThreadsLeft.assertNone(instance);
    }

    private <S extends Record, C extends Component> C create(ComponentFactory<S, C> factory, String name) {
        return factory.create(settings(factory), context(name));
    }

    private <S extends Record> S settings(ComponentFactory<S, ?> factory) {
        return Settings.of(factory.settings(), overrides());
    }

    @SuppressWarnings("unchecked") // the settings have the type that the factory declares
    private static <S extends Record> void reconfigure(Reconfigurable<S> component, Record settings) {
        component.reconfigure((S) settings);
    }
}
