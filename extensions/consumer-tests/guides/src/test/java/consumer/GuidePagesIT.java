package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java snippet of README and the pages compiles and runs as it stands. */
class GuidePagesIT {
    private static final Path ROOT = ProjectFiles.ROOT;

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Opens the jars of the class path once for all pages. Used under its lock: pages run concurrently. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    @TempDir
    Path scratch;

    @BeforeAll
    static void setClassPath() throws IOException {
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        FILES.setLocationFromPaths(StandardLocation.CLASS_PATH, jars);
    }

    @AfterAll
    static void closeFiles() throws IOException {
        FILES.close();
    }

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        for (String folder : List.of("guide", "help", "reference")) {
            try (Stream<Path> files = Files.list(ROOT.resolve("docs").resolve(folder))) {
                pages.addAll(files.sorted().toList());
            }
        }
        List<Path> withSnippets = new ArrayList<>();
        for (Path page : pages) {
            if (new GuidePage(page).hasSnippets()) {
                withSnippets.add(page);
            }
        }
        return withSnippets.stream();
    }

    @Test
    void everyModuleHasAGuide() throws IOException {
        assertThat(pages().map(page -> page.getFileName().toString()))
                .contains(
                        "README.md",
                        "anchors.md",
                        "batch.md",
                        "delta.md",
                        "diffing.md",
                        "documents.md",
                        "embedders.md",
                        "embedding.md",
                        "langchain4j.md",
                        "pooling.md",
                        "profiles.md",
                        "retrieval.md",
                        "storage.md",
                        "streaming.md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void snippetsCompileAndRun(Path page) throws Exception {
        GuidePage guide = new GuidePage(page);
        compile(guide.write(scratch));
        List<String> printed = new ArrayList<>();
        for (String program : guide.programs()) {
            printed.addAll(run(program));
        }
        assertThat(printed).containsAll(guide.printed());
    }

    private void compile(List<Path> files) throws IOException {
        StringWriter messages = new StringWriter();
        synchronized (FILES) {
            FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(scratch));
            List<String> options = List.of("-proc:none");
            boolean compiled = COMPILER.getTask(
                            messages, FILES, null, options, null, FILES.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(compiled).as("%s", messages).isTrue();
        }
    }

    private List<String> run(String program) throws Exception {
        Path output = Files.createTempFile(scratch, "output", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + scratch,
                        "-cp",
                        scratch + File.pathSeparator + System.getProperty("java.class.path"),
                        program)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output);
        assertThat(ended).as("ends within three minutes: %s", printed).isTrue();
        assertThat(process.exitValue()).as("%s", printed).isZero();
        return printed.lines().toList();
    }
}
