package dev.geotherm.profiles.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.profiles.Fakes;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import dev.geotherm.profiles.telemetry.Sample;
import dev.geotherm.profiles.telemetry.Telemetry;
import dev.geotherm.testkit.ThreadsLeft;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PlatformTest {
    private static final List<String> SECTIONS =
            Arrays.stream(ComponentKind.values()).map(ComponentKind::section).toList();

    @TempDir
    Path folder;

    @BeforeEach
    @AfterEach
    void reset() {
        Fakes.reset();
    }

    @AfterEach
    void noThreadIsLeft() {
        ThreadsLeft.assertNone("telemetry");
    }

    private static Configuration configuration(String... sets) {
        return Configuration.bind(
                Profiles.builtIn(),
                "balanced",
                Overrides.of(Map.of(), Arrays.asList(sets)),
                Discovery.of(Plugins.none()));
    }

    private Platform start(String... sets) {
        return Platform.start(configuration(sets), folder);
    }

    /** The journal of a platform that created and closed the first {@code count} components. */
    private static List<String> journal(int count) {
        List<String> expected = new ArrayList<>();
        SECTIONS.subList(0, count).forEach(section -> expected.add("+" + section));
        List<String> reversed = new ArrayList<>(SECTIONS.subList(0, count));
        Collections.reverse(reversed);
        reversed.forEach(section -> expected.add("-" + section));
        return expected;
    }

    @Test
    void components_areCreatedInOrderAndClosedInReverse() {
        Platform platform = start();
        assertThat(Fakes.JOURNAL).isEqualTo(journal(7).subList(0, 7));
        platform.close();
        assertThat(Fakes.JOURNAL).isEqualTo(journal(7));
        platform.close();
        assertThat(Fakes.JOURNAL).isEqualTo(journal(7));
    }

    @Test
    void close_closesEveryComponentDespiteFailures() {
        Platform platform = start();
        Fakes.FAIL_ON_CLOSE.addAll(List.of(ComponentKind.RETRIEVAL, ComponentKind.POOL));
        Throwable failure = catchThrowable(platform::close);
        assertThat(failure)
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("cannot close retrieval (lucene)")
                .hasRootCauseMessage("retrieval will not close");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(other -> assertThat(other).hasMessageContaining("cannot close pool (striped)"));
        assertThat(Fakes.JOURNAL).isEqualTo(journal(7));
        assertThatCode(platform::close).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void start_thatFailsClosesWhatWasStarted(ComponentKind kind) {
        IllegalStateException cause = new IllegalStateException("no room");
        Fakes.FAIL_ON_CREATE.put(kind, cause);
        assertThatThrownBy(this::start)
                .isInstanceOf(GeothermException.class)
                .hasMessageStartingWith("cannot start " + kind.section() + " (")
                .hasMessageContaining("test-classes")
                .hasMessageContaining("no room")
                .hasCause(cause);
        assertThat(Fakes.JOURNAL).isEqualTo(journal(SECTIONS.indexOf(kind.section())));
    }

    @Test
    void start_thatFailsCarriesFailuresOfClosing() {
        Fakes.FAIL_ON_CREATE.put(ComponentKind.BATCH, new NoClassDefFoundError("stranger/Library"));
        Fakes.FAIL_ON_CLOSE.add(ComponentKind.POOL);
        Throwable failure = catchThrowable(this::start);
        assertThat(failure).hasMessageContaining("cannot start batch (local").hasMessageContaining("stranger/Library");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(other -> assertThat(other).hasRootCauseMessage("pool will not close"));
        assertThat(Fakes.JOURNAL).isEqualTo(journal(3));
    }

    @Test
    void start_passesMessagesForUsersOn() {
        Fakes.FAIL_ON_CREATE.put(ComponentKind.POOL, new GeothermException("the folder is full"));
        assertThatThrownBy(this::start).message().endsWith("): the folder is full");
    }

    @Test
    void start_withFailingTelemetryClosesAllComponents() throws IOException {
        Files.createDirectory(folder.resolve("telemetry.jsonl"));
        assertThatThrownBy(() -> start("telemetry.export=true"))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("cannot write samples to " + folder.resolve("telemetry.jsonl"));
        assertThat(Fakes.JOURNAL).isEqualTo(journal(7));
    }

    @Test
    void start_withoutWorkFolderNamesIt() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "");
        assertThatThrownBy(() -> Platform.start(configuration(), blocked.resolve("work")))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("cannot create the work folder " + blocked.resolve("work"));
        assertThat(Fakes.JOURNAL).isEmpty();
    }

    @Test
    void start_inAFolderOfAnotherPlatformIsRefused() throws IOException {
        try (Platform first = start("telemetry.export=true")) {
            assertThatThrownBy(() -> start("telemetry.export=true"))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageMatching("another platform, in this process \\(since .*\\), uses the work folder "
                            + Pattern.quote(folder.toString()) + "; close it, or use another folder");
            assertThat(Fakes.JOURNAL).as("nothing is created").hasSize(7);
            assertThatThrownBy(this::start).as("a refusal releases nothing").isInstanceOf(GeothermException.class);
            assertThat(first.pools().trim()).isEqualTo(3);
        }
        assertThat(folder.resolve("telemetry.jsonl")).isNotEmptyFile();
        start().close();
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void close_leavesNoThread() {
        for (int round = 0; round < 30; round++) {
            start("telemetry.export=true").close();
            assertThat(ThreadsLeft.of("telemetry")).as("round %d", round).isEmpty();
        }
    }

    @Test
    void start_thatFailsReleasesTheFolder() {
        Fakes.FAIL_ON_CREATE.put(ComponentKind.DIFF, new IllegalStateException("no room"));
        assertThatThrownBy(this::start).isInstanceOf(GeothermException.class);
        Fakes.reset();
        start().close();
        assertThat(Fakes.JOURNAL).isEqualTo(journal(7));
    }

    /** Run in a child JVM by the test below. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            try (Platform platform = Platform.start(configuration(), Path.of(arguments[0]))) {
                System.out.println(platform.pools());
                assertThat(System.in.read()).isNegative();
            }
        }
    }

    @Test
    @Timeout(300)
    void start_inAFolderOfAnotherProcessIsRefused() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(Redirect.DISCARD)
                .start();
        try (BufferedReader out = holder.inputReader()) {
            assertThat(out.readLine()).isEqualTo("pool (striped)");
            assertThatThrownBy(this::start)
                    .isInstanceOf(GeothermException.class)
                    .hasMessageStartingWith("another platform, in process " + holder.pid() + " (since ");
            assertThat(Fakes.JOURNAL).isEmpty();
        } finally {
            holder.destroyForcibly().waitFor();
        }
        start().close();
    }

    @Test
    void context_isOfOneComponent() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        try (Platform platform = Platform.start(configuration(), folder, clock)) {
            assertThat(platform.configuration().profile().name()).isEqualTo("balanced");
            Fakes.CONTEXTS.forEach((kind, context) -> {
                assertThat(context.instance()).isEqualTo(kind.section());
                assertThat(context.clock()).isSameAs(clock);
                assertThat(context.workDirectory()).isEqualTo(folder.resolve(kind.section()));
            });
            assertThat(Fakes.CONTEXTS).hasSize(7);
        }
    }

    @Test
    void component_ofALaterKindIsRefused() {
        try (Platform platform = start()) {
            for (ComponentKind own : ComponentKind.values()) {
                ComponentContext context = Fakes.CONTEXTS.get(own);
                for (ComponentKind other : ComponentKind.values()) {
                    if (other.compareTo(own) < 0) {
                        assertThat((Component) context.component(other.componentType()))
                                .isSameAs(platform.component(other.componentType()));
                    } else {
                        assertThatThrownBy(() -> context.component(other.componentType()))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining(own.section() + " may not use " + other.section());
                    }
                }
            }
            assertThatThrownBy(() -> Fakes.CONTEXTS.get(ComponentKind.ANCHORS).component(Component.class))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not a kind of component");
        }
    }

    @Test
    void handle_delegates() {
        try (Platform platform = start()) {
            ObjectPools pools = platform.pools();
            assertThat(pools).isSameAs(platform.component(ObjectPools.class));
            assertThat(pools.equals(pools)).isTrue();
            assertThat(pools.equals(platform.differ())).isFalse();
            assertThat(pools.hashCode()).isEqualTo(pools.hashCode());
            assertThat(pools).hasToString("pool (striped)");
            assertThat(pools.trim()).isEqualTo(3);
            assertThat(pools.metrics()).isNotNull();
            assertThat(platform.embedder().dimension()).isEqualTo(256);
            assertThat(platform.evaluator()).hasToString("batch (local)");
            assertThat(platform.pipelines()).hasToString("streaming (lanes)");
            assertThat(platform.anchors()).hasToString("anchors (memory)");
            assertThat(platform.indexes()).hasToString("retrieval (lucene)");
        }
    }

    @Test
    void handle_passesExceptionsThrough() {
        try (Platform platform = start()) {
            IllegalArgumentException failure = new IllegalArgumentException("not so");
            Fakes.ON_TRIM.set(() -> {
                throw failure;
            });
            assertThatThrownBy(() -> platform.pools().trim()).isSameAs(failure);
            Error error = new AssertionError("worse");
            Fakes.ON_TRIM.set(() -> {
                throw error;
            });
            assertThatThrownBy(() -> platform.pools().trim()).isSameAs(error);
        }
    }

    @Test
    void handle_refusesClose() {
        try (Platform platform = start()) {
            assertThatThrownBy(() -> platform.pools().close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("close the platform");
            assertThat(Fakes.JOURNAL).hasSize(7);
        }
    }

    @Test
    void component_ofNoKindIsRefused() {
        try (Platform platform = start()) {
            assertThatThrownBy(() -> platform.component(Component.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ObjectPools, StateDiffer, IngestionPipelines");
        }
    }

    static final class Consumer {
        final AnchorStore anchors;
        final PassageIndexes indexes;
        final Telemetry telemetry;

        @Inject
        Consumer(AnchorStore anchors, PassageIndexes indexes, Telemetry telemetry) {
            this.anchors = anchors;
            this.indexes = indexes;
            this.telemetry = telemetry;
        }
    }

    @Test
    void geothermModule_bindsPlatformAndComponents() {
        try (GeothermModule module = new GeothermModule(configuration(), folder)) {
            Injector injector = Guice.createInjector(Stage.PRODUCTION, module);
            assertThat(Fakes.JOURNAL)
                    .as("nothing is started before it is needed")
                    .isEmpty();
            Platform platform = injector.getInstance(Platform.class);
            assertThat(Fakes.JOURNAL).hasSize(7);
            assertThat(injector.getInstance(Platform.class)).isSameAs(platform);
            Consumer consumer = injector.getInstance(Consumer.class);
            assertThat(consumer.anchors).isSameAs(platform.anchors());
            assertThat(consumer.indexes).isSameAs(platform.indexes());
            assertThat(consumer.telemetry).isSameAs(platform.telemetry());
            assertThat(injector.getInstance(StateDiffer.class)).isSameAs(platform.differ());
            assertThat(injector.getInstance(Embedder.class)).isSameAs(platform.embedder());
            assertThat(injector.getInstance(Configuration.class)).isSameAs(platform.configuration());
        }
        assertThat(Fakes.JOURNAL).isEqualTo(journal(7));
    }

    @Test
    void geothermModule_reportsWhyTheStartFailed() {
        Fakes.FAIL_ON_CREATE.put(ComponentKind.DIFF, new IllegalStateException("no room"));
        try (GeothermModule module = new GeothermModule(configuration(), folder)) {
            Injector injector = Guice.createInjector(module);
            assertThatThrownBy(() -> injector.getInstance(ObjectPools.class))
                    .isInstanceOf(ProvisionException.class)
                    .hasMessageContaining("cannot start diff (tree");
            assertThat(Fakes.JOURNAL).isEqualTo(journal(1));
        }
    }

    static final class Failing {
        @Inject
        Failing(ObjectPools pools) {
            throw new IllegalStateException("no port for " + pools);
        }
    }

    @Test
    void geothermModule_closesThePlatformWhenTheInjectorFails() {
        assertThatThrownBy(() -> {
                    try (GeothermModule module = new GeothermModule(configuration(), folder)) {
                        Guice.createInjector(module, new AbstractModule() {
                            @Override
                            protected void configure() {
                                bind(Failing.class).asEagerSingleton();
                            }
                        });
                    }
                })
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("no port for pool (striped)");
        assertThat(Fakes.JOURNAL).isEqualTo(journal(7));
    }

    @Test
    void geothermModule_startsNothingForAnInjectorThatFails() {
        assertThatThrownBy(() -> Guice.createInjector(
                        Stage.PRODUCTION, new GeothermModule(configuration(), folder), new AbstractModule() {
                            @Override
                            protected void configure() {
                                throw new IllegalStateException("later module");
                            }
                        }))
                .isInstanceOf(CreationException.class);
        assertThat(Fakes.JOURNAL).isEmpty();
    }

    @Test
    void geothermModule_thatIsClosedRefusesToStart() {
        GeothermModule module = new GeothermModule(configuration(), folder);
        Injector injector = Guice.createInjector(module);
        module.close();
        module.close();
        assertThatThrownBy(() -> injector.getInstance(Platform.class)).hasMessageContaining("is closed");
        assertThat(Fakes.JOURNAL).isEmpty();
    }

    static final class Application {
        private final Clock clock;
        private final Scheduler scheduler;
        private final ObjectPools pools;

        @Inject
        Application(Clock clock, Scheduler scheduler, ObjectPools pools) {
            this.clock = clock;
            this.scheduler = scheduler;
            this.pools = pools;
        }
    }

    @Test
    void platformModule_bindsServicesForAnInjectorOnTop() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        try (Platform platform = Platform.start(configuration(), folder, clock)) {
            Application application = Injectors.create(new PlatformModule(platform, "engine"), new AbstractModule() {
                        @Override
                        protected void configure() {
                            Injectors.bindConstructor(binder(), Application.class);
                        }
                    })
                    .getInstance(Application.class);
            assertThat(application.clock).isSameAs(clock);
            assertThat(application.pools).isSameAs(platform.pools());
            assertThat(application.scheduler)
                    .isSameAs(platform.context("engine").scheduler());
        }
    }

    @Test
    void geothermModule_leavesTheApplicationItsOwnBindings() {
        Clock own = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        Injector injector = Guice.createInjector(new GeothermModule(configuration(), folder), new AbstractModule() {
            @Override
            protected void configure() {
                bind(Clock.class).toInstance(own);
            }
        });
        injector.getInstance(Platform.class).close();
        assertThat(injector.getInstance(Clock.class)).isSameAs(own);
    }

    @Test
    void context_endsItsThreadsWithThePlatform() throws Exception {
        Platform platform = start();
        ComponentContext context = platform.context("engine");
        assertThat(context.workDirectory()).isEqualTo(folder.resolve("engine"));
        assertThat(context.component(ObjectPools.class)).isSameAs(platform.pools());
        ExecutorService executor = context.computeExecutor("upkeep", 1);
        executor.submit(() -> {}).get();
        platform.close();
        assertThat(executor.isShutdown()).isTrue();
        assertThatThrownBy(() -> context.scheduler().every(Duration.ofSeconds(1), () -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void context_ofAClosedPlatformStartsNoThread() {
        Platform platform = start();
        platform.close();
        assertThatThrownBy(() -> platform.context("late").scheduler().every(Duration.ofSeconds(1), () -> {}))
                .isInstanceOf(IllegalStateException.class);
        ThreadsLeft.assertNone("late");
    }

    @Test
    void context_withTheNameOfAComponentIsRefused() {
        try (Platform platform = start()) {
            assertThatThrownBy(() -> platform.context("pool")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void threads_areCountedAndTheirFailuresToo() {
        try (Platform platform = start("telemetry.detail=true")) {
            ComponentContext context = platform.context("engine");
            CountDownLatch release = new CountDownLatch(1);
            context.computeExecutor("blocked", 1).execute(() -> awaitQuietly(release));
            context.scheduler().after(Duration.ZERO, () -> {
                throw new IllegalStateException("on purpose");
            });
            await().untilAsserted(() -> {
                Sample sample = platform.telemetry().latest();
                assertThat(sample.find("platform", "failedTasks", "")
                                .orElseThrow()
                                .number())
                        .isEqualTo(1);
                assertThat(sample.find("platform", "threads", "engine")
                                .orElseThrow()
                                .number())
                        .isEqualTo(1);
            });
            release.countDown();
        }
    }

    @Test
    void contextOfAComponent_givesTheSettingsOfItsInstances() {
        try (Platform platform = start("pool.instances.vectors.maxSize=60")) {
            Fakes.StripedSettings settings =
                    (Fakes.StripedSettings) platform.configuration().settings(ComponentKind.POOL);
            ComponentContext context = Fakes.CONTEXTS.get(ComponentKind.POOL);
            assertThat(context.settings("vectors", settings).maxSize()).isEqualTo(60);
            assertThat(context.settings("anchors", settings)).isSameAs(settings);
        }
    }

    @Test
    void unopenedInstances_namesWhatHasNoEffect() {
        try (Platform platform = start("pool.instances.vectrs.maxSize=60", "diff.instances.anchors.depthLimit=3")) {
            Fakes.CONTEXTS.get(ComponentKind.POOL).settings("vectors", new Size(1));
            Fakes.CONTEXTS
                    .get(ComponentKind.DIFF)
                    .settings("anchors", platform.configuration().settings(ComponentKind.DIFF));
            assertThat(platform.unopenedInstances())
                    .containsExactly("pool.instances.vectrs has no effect: nothing was opened under this name; did you"
                            + " mean 'vectors'?");
        }
    }

    private record Size(int size) {}

    @Test
    @EnabledOnOs(OS.LINUX)
    void close_reportsAFailureOfTelemetryAndClosesAllComponents() throws IOException {
        Path file = folder.resolve("telemetry.jsonl");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        Platform platform = start("telemetry.export=true");
        assertThatThrownBy(platform::close)
                .hasMessageContaining("cannot finish telemetry")
                .hasMessageContaining("1 samples could not be written to " + file);
        assertThat(Fakes.JOURNAL).isEqualTo(journal(7));
        Files.delete(file);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
