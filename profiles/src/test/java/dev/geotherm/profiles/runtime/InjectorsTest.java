package dev.geotherm.profiles.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Injector;
import com.google.inject.Module;
import dev.geotherm.api.GeothermException;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InjectorsTest {

    static final class Ledger {
        @Inject
        Ledger() {}
    }

    private static final class Engine {
        private final Ledger ledger;
        private final String name;

        @Inject
        private Engine(Ledger ledger, String name) {
            this.ledger = ledger;
            this.name = name;
        }
    }

    static final class Failing {
        @Inject
        Failing(Throwable failure) throws Throwable {
            throw failure;
        }
    }

    static final class NotInjectable {}

    static final class First {
        @Inject
        First(Second second) {}
    }

    static final class Second {
        @Inject
        Second(First first) {}
    }

    private static Module constructors(Class<?>... types) {
        return new AbstractModule() {
            @Override
            protected void configure() {
                for (Class<?> type : types) {
                    Injectors.bindConstructor(binder(), type);
                }
            }
        };
    }

    private static Module name(String name) {
        return new AbstractModule() {
            @Override
            protected void configure() {
                bind(String.class).toInstance(name);
            }
        };
    }

    @Test
    void bindConstructor_wiresPrivateConstructorsOfSingletons() {
        Injector injector = Injectors.create(constructors(Ledger.class, Engine.class), name("knowledge"));
        Engine engine = injector.getInstance(Engine.class);
        assertThat(engine.name).isEqualTo("knowledge");
        assertThat(engine.ledger).isSameAs(injector.getInstance(Ledger.class));
        assertThat(injector.getInstance(Engine.class)).isSameAs(engine);
    }

    @Test
    void bindConstructor_withMissingDependencyIsRefusedAtCreation() {
        assertThatThrownBy(() -> Injectors.create(constructors(Engine.class), name("knowledge")))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("Ledger");
    }

    @Test
    void bindConstructor_withoutInjectIsRefused() {
        assertThatThrownBy(() -> Injectors.create(constructors(NotInjectable.class)))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("NotInjectable");
    }

    @Test
    void bindConstructor_inACircleIsRefused() {
        assertThatThrownBy(() -> Injectors.create(constructors(First.class, Second.class)))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("First");
    }

    @Test
    void create_throwsTheFailureOfAConstructorUnchanged() {
        for (Throwable failure : List.of(
                new GeothermException("the folder is in use"),
                new IllegalStateException("a pool named vectors is open"),
                new StackOverflowError("too deep"))) {
            assertThatThrownBy(() -> Injectors.create(constructors(Failing.class), new AbstractModule() {
                        @Override
                        protected void configure() {
                            bind(Throwable.class).toInstance(failure);
                        }
                    }))
                    .isSameAs(failure);
        }
    }

    @Test
    void create_refusesWhatIsNotBound() {
        Injector injector = Injectors.create();
        assertThatThrownBy(() -> injector.getInstance(Ledger.class)).isInstanceOf(ConfigurationException.class);
    }
}
