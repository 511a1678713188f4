package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The comments of exported types are the contract for their users, so none may be missing. */
final class PublicJavadocTest {

    private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+)");

    /** The source folders of the published modules. */
    static Stream<Path> modules() throws IOException {
        List<Path> parents = List.of(Path.of(".."), Path.of("../extensions"));
        return parents.stream()
                .flatMap(parent -> {
                    try (Stream<Path> folders = Files.list(parent)) {
                        return folders.toList().stream();
                    } catch (IOException unexpected) {
                        throw new UncheckedIOException(unexpected);
                    }
                })
                .map(folder -> folder.resolve("src/main/java"))
                .filter(sources -> Files.exists(sources.resolve("module-info.java")));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void exportedTypes_areDocumented(Path sources) throws IOException {
        Matcher exported = EXPORTS.matcher(Files.readString(sources.resolve("module-info.java")));
        while (exported.find()) {
            Path folder = sources.resolve(exported.group(1).replace('.', '/'));
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> types =
                        files.filter(file -> file.toString().endsWith(".java")).toList();
                assertThat(types).as(exported.group(1)).isNotEmpty();
                assertThat(MissingComments.in(types)).as(exported.group(1)).isEmpty();
            }
        }
    }

    @Test
    void modules_areAllOfThePublishedOnes() throws IOException {
        assertThat(modules()).hasSizeGreaterThanOrEqualTo(13);
    }

    @Test
    void missingComments_findsEachKind() {
        assertThat(MissingComments.in("""
                package p;
                public class C {
                    public static final int CONSTANT = 1;
                    protected int field;
                    public C() {}
                    public void method() {}
                    protected void inherited() {}
                    public enum E { ONE }
                    public record R(int part) { public R { } }
                    public interface I { int implicitlyPublic(); int CONSTANT = 1; }
                    public @interface A { String member(); }
                }
                """))
                .containsExactly(
                        "C",
                        "C.CONSTANT",
                        "C.field",
                        "C.<init>",
                        "C.method",
                        "C.inherited",
                        "C.E",
                        "C.E.ONE",
                        "C.R",
                        "C.R.part",
                        "C.R.<init>",
                        "C.I",
                        "C.I.implicitlyPublic",
                        "C.I.CONSTANT",
                        "C.A",
                        "C.A.member");
    }

    @Test
    void missingComments_ignoresInternalMembers() {
        assertThat(MissingComments.in("""
                package p;
                /** Documented. */
                public class C implements Runnable {
                    private static final int CONSTANT = 1;
                    int field;
                    C() {}
                    private void method() {}
                    void local() {}
                    @Override public void run() {}
                    static class Inner { public void method() {} }
                    private interface I { void method(); }
                }
                """)).isEmpty();
    }

    @Test
    void missingComments_findsImplicitConstructor() {
        assertThat(MissingComments.in("package p; /** Documented. */ public class C {}"))
                .containsExactly("C.<init>");
        assertThat(MissingComments.in("package p; /** Documented. */ public interface C {}"))
                .isEmpty();
    }

    @Test
    void missingComments_acceptsParamTagsOfRecords() {
        assertThat(MissingComments.in("""
                package p;
                /**
                 * Documented.
                 *
                 * @param <T> a type
                 * @param a one
                 */
                public record R<T>(T a, T b, T T) {}
                """)).containsExactly("R.b", "R.T");
    }

    @Test
    void missingComments_rejectsEmptyComments() {
        assertThat(MissingComments.in("package p; /** */ public interface C {}"))
                .containsExactly("C");
        assertThat(MissingComments.in("package p; /** @since 1 */ public interface C {}"))
                .containsExactly("C");
    }
}
