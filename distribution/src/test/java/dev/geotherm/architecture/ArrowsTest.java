package dev.geotherm.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.BaseStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between modules and packages, read from the classes; the enforcer draws those of modules in the poms. */
class ArrowsTest {
    private static final String COMPONENTS = "dev.geotherm.(anchors|batch|commonspool2|diff|pool|streaming)..";
    private static final String JSPECIFY = "org.jspecify.annotations..";
    private static final String JACKSON = "com.fasterxml.jackson..";

    private static final String EXTENSIONS = "dev.geotherm.(jvector|langchain4j|onnx|openai|tika)..";

    /** The folders of the extensions, which are on no class path of this module; the build compiles them before. */
    private static final List<String> FOLDERS =
            List.of("commons-pool2", "jvector", "langchain4j", "onnx-embedder", "openai-embedder", "tika");

    private static JavaClasses geotherm;

    @BeforeAll
    static void readTheClasses() {
        // Names are enough to follow an arrow; the classes of Jackson, Lucene and the JDK need not be read.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        Set<Location> locations = new HashSet<>(Locations.ofPackage("dev.geotherm"));
        for (String folder : FOLDERS) {
            locations.add(Location.of(Path.of("../extensions", folder, "target", "classes")));
        }
        geotherm = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importLocations(locations);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anchors",
                "api",
                "batch",
                "cli",
                "commonspool2",
                "delta",
                "diff",
                "engine",
                "jvector",
                "langchain4j",
                "onnx",
                "openai",
                "pool",
                "profiles",
                "storage",
                "streaming",
                "testkit",
                "tika"
            })
    void everyModuleIsRead(String module) {
        assertThat(geotherm)
                .as("classes of dev.geotherm.%s; without them the rules below check nothing of it", module)
                .anyMatch(type -> (type.getPackageName() + ".").startsWith("dev.geotherm." + module + "."));
    }

    @Test
    void noOtherPackageExists() {
        classes()
                .should()
                .resideInAnyPackage(
                        "dev.geotherm.(anchors|api|batch|cli|commonspool2|delta|diff|engine|pool|profiles"
                                + "|storage|streaming|testkit)..",
                        EXTENSIONS)
                .because("a package that no rule names could depend on everything")
                .check(geotherm);
    }

    @Test
    void extensions_areUsedByNobody() {
        noClasses()
                .that()
                .resideOutsideOfPackage(EXTENSIONS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(EXTENSIONS)
                .because("an extension is found at run time, if it is installed")
                .check(geotherm);
        slices().matching(EXTENSIONS).should().notDependOnEachOther().check(geotherm);
        noClasses()
                .that()
                .resideInAPackage(EXTENSIONS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.geotherm.cli..")
                .because("the command is not an API")
                .check(geotherm);
    }

    /** The arrows of the design: delta, storage <- api <- components <- profiles <- engine <- command. */
    @Nested
    class Modules {

        @Test
        void components_doNotDependOnEachOther() {
            slices().matching(COMPONENTS)
                    .should()
                    .notDependOnEachOther()
                    .because("components that know each other cannot be replaced one by one")
                    .check(geotherm);
        }

        @ParameterizedTest
        @CsvSource({"anchors", "batch", "commonspool2", "diff", "pool", "streaming", "testkit"})
        void components_dependOnTheSpiDeltaAndStorageOnly(String module) {
            onlyDependsOn(module, "api", "delta", "storage");
        }

        @Test
        void profiles_dependOnTheSpiDeltaAndStorageOnly() {
            onlyDependsOn("profiles", "api", "delta", "storage");
        }

        @Test
        void engine_dependsOnNoImplementation() {
            onlyDependsOn("engine", "api", "delta", "storage", "profiles", "batch");
            noClasses()
                    .that()
                    .resideInAPackage("dev.geotherm.engine..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.geotherm.batch..")
                            .and(DescribedPredicate.not(resideInAPackage("dev.geotherm.batch.measure.."))))
                    .because("of batch the engine uses the measures; the evaluator is chosen by a profile")
                    .check(geotherm);
        }

        @Test
        void engine_hasNoTerminalAndNoLogImplementation() {
            noClasses()
                    .that()
                    .resideInAPackage("dev.geotherm.engine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("picocli..", "ch.qos.logback..", "com.sun.net.httpserver..")
                    .because("the engine is embedded in applications that have their own")
                    .check(geotherm);
        }

        @Test
        void command_isSeenByNothing() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.geotherm.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.geotherm.cli..")
                    .because("the platform is usable as a library")
                    .check(geotherm);
        }

        @Test
        void api_dependsOnDeltaJacksonAndJSpecifyOnly() {
            onlyDependsOnLibraries(
                    "api",
                    "what the api depends on comes to everyone who implements it",
                    "dev.geotherm.delta..",
                    JACKSON);
        }

        @Test
        void delta_dependsOnJacksonAndJSpecifyOnly() {
            onlyDependsOnLibraries("delta", "deltas are a library that is usable without the platform", JACKSON);
        }

        @Test
        void storage_dependsOnJSpecifyOnly() {
            onlyDependsOnLibraries("storage", "crash-safe files are a library that is usable without the platform");
        }

        @Test
        void injector_isSeenByProfilesEngineAndCommandOnly() {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.geotherm.profiles..", "dev.geotherm.engine..", "dev.geotherm.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
                    .because("a component has to be usable without an injector")
                    .check(geotherm);
        }

        private void onlyDependsOn(String module, String... others) {
            DescribedPredicate<JavaClass> allowed = resideInAPackage("dev.geotherm." + module + "..")
                    .or(DescribedPredicate.not(resideInAPackage("dev.geotherm..")));
            for (String other : others) {
                allowed = allowed.or(resideInAPackage("dev.geotherm." + other + ".."));
            }
            classes()
                    .that()
                    .resideInAPackage("dev.geotherm." + module + "..")
                    .should()
                    .onlyDependOnClassesThat(allowed)
                    .because("the arrows of the design do not go further")
                    .check(geotherm);
        }

        private void onlyDependsOnLibraries(String module, String reason, String... libraries) {
            classes()
                    .that()
                    .resideInAPackage("dev.geotherm." + module + "..")
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(libraries)
                            .or(resideInAnyPackage("dev.geotherm." + module + "..", "java..", JSPECIFY)))
                    .because(reason)
                    .check(geotherm);
        }
    }

    @Nested
    class Packages {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "anchors",
                    "api",
                    "batch",
                    "cli",
                    "commonspool2",
                    "delta",
                    "diff",
                    "engine",
                    "pool",
                    "profiles",
                    "storage",
                    "streaming",
                    "testkit"
                })
        void packagesOfAModule_formNoCycle(String module) {
            slices().assignedFrom(packagesOf("dev.geotherm." + module))
                    .should()
                    .beFreeOfCycles()
                    .because("packages in a cycle are one package")
                    .check(geotherm);
        }
    }

    private static SliceAssignment packagesOf(String module) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return (type.getPackageName() + ".").startsWith(module + ".")
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of " + module;
            }
        };
    }

    @Nested
    class Files {
        private static final String STORAGE = "dev.geotherm.storage..";

        @Test
        void force_isCalledByStorageOnly() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(STORAGE)
                    .should()
                    .accessTargetWhere(DescribedPredicate.describe(
                            "is FileChannel.force",
                            access -> access.getTargetOwner().isEquivalentTo(FileChannel.class)
                                    && access.getName().equals("force")))
                    .because("what has to be on disk, and when, is decided in one place")
                    .check(geotherm);
        }

        @Test
        void atomicMove_isUsedByStorageOnly() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(STORAGE)
                    .should()
                    .accessField(StandardCopyOption.class, "ATOMIC_MOVE")
                    .because("a move is durable only with its folder forced, which storage does")
                    .check(geotherm);
        }

        @Test
        void gzip_isReadByStorageOnly() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(STORAGE)
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(GZIPInputStream.class)
                    .because("it ends without an error where a later member is damaged; StrictGzipStream does not")
                    .check(geotherm);
        }

        @Test
        void fileLocks_areTakenByStorageOnly() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(STORAGE)
                    .should()
                    .accessTargetWhere(DescribedPredicate.describe(
                            "is FileChannel.tryLock or lock",
                            access -> access.getTargetOwner().isEquivalentTo(FileChannel.class)
                                    && access.getName().matches("tryLock|lock")))
                    .because("a process loses its lock of a file when it closes any channel to that file")
                    .check(geotherm);
        }
    }

    @Nested
    class Threads {
        /** Types that may make threads, each with the reason. */
        private static final Map<String, String> EXCEPTIONS = Map.of(
                "dev.geotherm.api.ComponentThreads", "makes the threads of all components",
                "dev.geotherm.api.VirtualThreads", "is how ComponentThreads makes virtual ones",
                "dev.geotherm.pool.slab.Block",
                        "a Cleaner of the JDK takes its thread, which frees native memory of all pools",
                "dev.geotherm.storage.Uninterruptible",
                        "repeats a file operation where the caller's interrupts do not reach it, while the caller waits",
                "dev.geotherm.jvector.BuiltGraph",
                        "JVector's builder accepts only a ForkJoinPool, which ends with the graph, before the caller goes on",
                "dev.geotherm.api.TemporaryFolder", "a shutdown hook is a thread that the JVM starts",
                "dev.geotherm.cli.PluginExit", "a shutdown hook, too",
                "dev.geotherm.cli.StopSignal", "a shutdown hook, too",
                "dev.geotherm.streaming.ExitHook", "a shutdown hook, too");

        /** Types that may use the common pool, each with the reason. */
        private static final Map<String, String> IN_COMMON_POOL = Map.of(
                "dev.geotherm.pool.striped.StripedPools", "preallocates in parallel while its caller waits",
                "dev.geotherm.cli.DiffCommand", "reads two files at once in a process of its own");

        @Test
        void threadsAndExecutors_areMadeByComponentThreadsOnly() {
            noClasses()
                    .that(DescribedPredicate.describe(
                            "are not exceptions",
                            type -> !EXCEPTIONS.containsKey(topLevel(type).getName())
                                    && !type.getPackageName().startsWith("dev.geotherm.testkit")))
                    .should()
                    .accessTargetWhere(DescribedPredicate.describe("that makes a thread", Threads::makesThread))
                    .because("platform and tests have to know, count and end every thread")
                    .check(geotherm);
        }

        @Test
        void commonPool_isUsedByExceptionsOnly() {
            noClasses()
                    .that(DescribedPredicate.describe(
                            "are not exceptions",
                            type -> !IN_COMMON_POOL.containsKey(topLevel(type).getName())))
                    .should()
                    .accessTargetWhere(
                            DescribedPredicate.describe("that runs in the common pool", Threads::isCommonPool))
                    .because("work in the common pool has no name, no owner and no end")
                    .check(geotherm);
        }

        @Test
        void exceptions_exist() {
            assertThat(IN_COMMON_POOL.keySet())
                    .allSatisfy(
                            name -> assertThat(geotherm.contain(name)).as(name).isTrue());
            assertThat(EXCEPTIONS.keySet())
                    .allSatisfy(
                            name -> assertThat(geotherm.contain(name)).as(name).isTrue());
        }

        private static JavaClass topLevel(JavaClass type) {
            return type.getEnclosingClass().map(Threads::topLevel).orElse(type);
        }

        private static boolean makesThread(JavaAccess<? extends AccessTarget> access) {
            JavaClass owner = access.getTargetOwner();
            // Calls and references: Thread::new makes threads, too.
            boolean made = access.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                    && (owner.isAssignableTo(Thread.class)
                            || owner.isAssignableTo(Timer.class)
                            || owner.isAssignableTo(Executor.class)
                            || owner.getName().startsWith("java.util.concurrent.")
                                    && owner.getName().endsWith("Executor")
                            || owner.getName().equals("java.util.concurrent.ForkJoinPool"));
            return made
                    || owner.isEquivalentTo(Executors.class)
                    || (owner.isEquivalentTo(Thread.class)
                            && access.getName().matches("ofVirtual|ofPlatform|startVirtualThread"));
        }

        private static boolean isCommonPool(JavaAccess<? extends AccessTarget> access) {
            JavaClass owner = access.getTargetOwner();
            boolean asynchronous =
                    owner.isAssignableTo(CompletableFuture.class) || owner.isAssignableTo(CompletionStage.class);
            return owner.isAssignableTo(BaseStream.class) && access.getName().equals("parallel")
                    || access.getName().equals("parallelStream")
                    || owner.isEquivalentTo(ForkJoinPool.class)
                            && access.getName().equals("commonPool")
                    || asynchronous && access.getName().endsWith("Async") && !takesExecutor(access);
        }

        private static boolean takesExecutor(JavaAccess<? extends AccessTarget> access) {
            return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                    && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Executor.class));
        }
    }
}
