package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryFolderTest {
    @TempDir
    Path scratch;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void create_letsNobodyElseIn() throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create();
                TemporaryFolder other = TemporaryFolder.create()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
            assertThat(folder.path()).isNotEqualTo(other.path()).isAbsolute();
            assertThat(folder.path().toString())
                    .doesNotContain(String.valueOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void close_deletesTheContentAndFollowsNoLink() throws Exception {
        Path outside = Files.writeString(
                Files.createDirectories(scratch.resolve("outside")).resolve("file"), "x");
        TemporaryFolder folder = TemporaryFolder.create();
        Files.writeString(Files.createDirectories(folder.path().resolve("a/b")).resolve("c"), "x");
        Files.createSymbolicLink(folder.path().resolve("link"), outside.getParent());
        folder.close();
        folder.close();
        assertThat(folder.path()).doesNotExist();
        assertThat(outside).exists();
    }

    /** Loaded by a separate class loader. */
    public static final class User implements Runnable {
        @Override
        public void run() {
            TemporaryFolder.create().close();
        }
    }

    @Test
    void close_letsTheClassLoaderBeCollected() throws Exception {
        WeakReference<ClassLoader> loader = useInChildLoader();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    System.gc();
                    return loader.refersTo(null);
                });
    }

    private static WeakReference<ClassLoader> useInChildLoader() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader child =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Runnable user = (Runnable) child.loadClass(User.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(user.getClass().getClassLoader()).isSameAs(child);
            user.run();
            return new WeakReference<>(child);
        }
    }

    /** Run in a separate JVM by the tests below. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            TemporaryFolder folder = TemporaryFolder.create();
            Files.writeString(folder.path().resolve("file"), "x");
            System.out.print(folder.path());
        }
    }

    private Process program(Path temporary) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("output").toFile())
                .start();
    }

    @Test
    void folder_thatIsNotClosedIsDeletedWhenTheJvmExits() throws Exception {
        Process program = program(scratch);
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(scratch.resolve("output"));
        assertThat(printed).startsWith(scratch.resolve("geotherm-").toString());
        assertThat(Path.of(printed)).doesNotExist();
    }

    @Test
    void create_withoutATemporaryFolderNamesIt() throws Exception {
        Process program = program(scratch.resolve("missing"));
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(scratch.resolve("output")))
                .contains("cannot create a folder in " + scratch.resolve("missing"));
    }
}
