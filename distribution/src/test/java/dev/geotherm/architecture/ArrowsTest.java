package dev.geotherm.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the modules, in the classes; the enforcer draws the same ones in the poms. */
class ArrowsTest {

    /** What only meets through the api. The command is not among them: it puts them together. */
    private static final String PARTS = "dev.geotherm.(anchors|batch|diff|pool|profiles|streaming|testkit)..";

    private static JavaClasses geotherm;

    @BeforeAll
    static void readTheClasses() {
        // Names are enough to follow an arrow; the classes of Jackson, Lucene and the JDK need not be read.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        geotherm = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.geotherm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anchors",
                "api",
                "batch",
                "cli",
                "delta",
                "diff",
                "pool",
                "profiles",
                "storage",
                "streaming",
                "testkit"
            })
    void everyModuleIsSeen(String module) {
        assertThat(geotherm)
                .as("classes of dev.geotherm.%s; without them the rules below would say nothing about it", module)
                .anyMatch(type -> (type.getPackageName() + ".").startsWith("dev.geotherm." + module + "."));
    }

    @Test
    void noOtherPackageExists() {
        classes()
                .should()
                .resideInAnyPackage(
                        "dev.geotherm.(anchors|api|batch|cli|delta|diff|pool|profiles|storage|streaming|testkit)..")
                .because("a package that no rule names could see everything")
                .check(geotherm);
    }

    @Test
    void partsDoNotSeeEachOther() {
        slices().matching(PARTS)
                .should()
                .notDependOnEachOther()
                .because("parts that know each other cannot be replaced one by one")
                .check(geotherm);
    }

    @Test
    void nothingSeesTheCommand() {
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
    void theApiSeesJacksonAndJSpecifyOnly() {
        classes()
                .that()
                .resideInAPackage("dev.geotherm.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.geotherm.api..",
                        "dev.geotherm.delta..",
                        "java..",
                        "com.fasterxml.jackson..",
                        "org.jspecify.annotations..")
                .because("what the api sees comes to everybody who implements it")
                .check(geotherm);
    }

    @Test
    void deltaSeesJacksonAndJSpecifyOnly() {
        classes()
                .that()
                .resideInAPackage("dev.geotherm.delta..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.geotherm.delta..", "java..", "com.fasterxml.jackson..", "org.jspecify.annotations..")
                .because("deltas are a library that is usable without the platform")
                .check(geotherm);
    }

    @Test
    void storageSeesJSpecifyOnly() {
        classes()
                .that()
                .resideInAPackage("dev.geotherm.storage..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.geotherm.storage..", "java..", "org.jspecify.annotations..")
                .because("crash-safe files are a library that is usable without the platform")
                .check(geotherm);
    }

    @Test
    void onlyProfilesAndTheCommandSeeTheInjector() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.geotherm.profiles..", "dev.geotherm.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
                .because("a part has to be usable without an injector")
                .check(geotherm);
    }

    /** The root package is left out: it names the kinds of components, and every kind builds on it. */
    @Test
    void theKindsOfComponentsInTheApiFormNoCycle() {
        slices().matching("dev.geotherm.api.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a kind has to be understood without reading them all")
                .check(geotherm);
    }
}
