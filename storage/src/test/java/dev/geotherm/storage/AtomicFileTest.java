package dev.geotherm.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file written beside its place: where that is, and what stays of what was there. */
@Timeout(60)
class AtomicFileTest {
    @TempDir
    Path scratch;

    private static void write(Path target, String content) throws IOException {
        try (AtomicFile file = new AtomicFile(target)) {
            file.out().write(content.getBytes(StandardCharsets.UTF_8));
            file.commit();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void assertNoDraftIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".partial"));
        }
    }

    @Test
    void aLinkStaysAndTheFileThatItLeadsToIsReplaced() throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("data/deep"));
        Path real = Files.writeString(folder.resolve("state.json"), "old");
        Path inner = Files.createSymbolicLink(scratch.resolve("data/inner"), Path.of("deep/state.json"));
        Path outer = Files.createSymbolicLink(scratch.resolve("outer"), inner);
        write(outer, "new");
        assertThat(outer).isSymbolicLink();
        assertThat(inner).isSymbolicLink();
        assertThat(real).isRegularFile().hasContent("new");
        assertNoDraftIn(scratch);
        assertNoDraftIn(folder);
    }

    @Test
    void aFileIsMadeWhereALinkLeadsToNothing() throws IOException {
        Files.createDirectories(scratch.resolve("data"));
        Path link = Files.createSymbolicLink(scratch.resolve("link"), Path.of("data/state.json"));
        write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(scratch.resolve("data/state.json")).hasContent("new");
        assertNoDraftIn(scratch.resolve("data"));
    }

    @Test
    void linksThatLeadInACircleAreRefused() throws IOException {
        Path one = Files.createSymbolicLink(scratch.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(scratch.resolve("two"), Path.of("one"));
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> write(one, "new"))
                .withMessageContainingAll("cannot write " + one, "links");
        assertThat(one).isSymbolicLink();
    }

    @Test
    void aFolderIsRefused() throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("folder"));
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> new AtomicFile(folder))
                .withMessageContaining("cannot write " + folder + ": it is a folder");
        assertNoDraftIn(scratch);
    }

    @Test
    void aPipeTakesTheContentAndStays() throws Exception {
        Path pipe = scratch.resolve("pipe");
        assertThat(run("mkfifo", pipe.toString())).isZero();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        write(Files.createSymbolicLink(scratch.resolve("link"), pipe), "new");
        assertThat(pipe)
                .satisfies(it -> assertThat(Files.readAttributes(it, "isOther", LinkOption.NOFOLLOW_LINKS))
                        .containsEntry("isOther", true));
        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("new");
        assertNoDraftIn(scratch);
    }

    @Test
    void aFullDeviceIsToldAndStays() throws Exception {
        Path full = scratch.resolve("full");
        assumeThat(run("mknod", full.toString(), "c", "1", "7"))
                .as("may make devices")
                .isZero();
        assumeThat(run("sh", "-c", "! printf x > '" + full + "'"))
                .as("devices work here")
                .isZero();
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> write(full, "new"))
                .withMessageContaining("cannot write " + full + ": No space left on device");
        assertThat(Files.isRegularFile(full)).isFalse();
        assertNoDraftIn(scratch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-rw-", "rwxr-x--x", "r--r-----"})
    void aFileThatIsReplacedKeepsItsPermissions(String permissions) throws IOException {
        Path target = Files.writeString(scratch.resolve("state.json"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions));
        write(target, "new");
        assertThat(target).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo(permissions);
    }

    @Test
    void whatIsWrittenIsNoMoreOpenThanWhatItReplaces() throws IOException {
        Path target = Files.writeString(scratch.resolve("state.json"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        try (AtomicFile file = new AtomicFile(target);
                var files = Files.list(scratch)) {
            file.out().flush();
            assertThat(files.filter(path -> path.toString().endsWith(".partial")))
                    .singleElement()
                    .satisfies(draft -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(draft)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aNewFileHasTheUsualPermissions() throws IOException {
        Path usual = Files.writeString(scratch.resolve("usual"), "");
        write(scratch.resolve("new"), "new");
        assertThat(Files.getPosixFilePermissions(scratch.resolve("new")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void twoWritersOfOneFileDoNotMixTheirContents() throws IOException {
        Path target = scratch.resolve("state.json");
        try (AtomicFile first = new AtomicFile(target);
                AtomicFile second = new AtomicFile(target)) {
            first.out().write("first".getBytes(StandardCharsets.UTF_8));
            second.out().write("the second one".getBytes(StandardCharsets.UTF_8));
            first.commit();
            assertThat(target).hasContent("first");
            second.commit();
            assertThat(target).hasContent("the second one");
        }
        assertNoDraftIn(scratch);
    }

    @Test
    void aNameMayBeAsLongAsTheSystemAllows() throws IOException {
        Path target = scratch.resolve("n".repeat(255));
        write(target, "new");
        assertThat(target).hasContent("new");
    }

    /** A process that ends, by a signal as it were, while it writes. */
    static final class Ended {
        public static void main(String[] arguments) throws IOException {
            new AtomicFile(Path.of(arguments[0])).out().flush();
            if (Files.list(Path.of(arguments[0]).getParent()).findAny().isEmpty()) {
                throw new IllegalStateException("there was no draft");
            }
            System.exit(7);
        }
    }

    @Test
    void aProcessThatEndsLeavesNoDraft() throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("empty"));
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        assertThat(run(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ended.class.getName(),
                        folder.resolve("state.json").toString()))
                .isEqualTo(7);
        assertThat(folder).isEmptyDirectory();
    }
}
