package consumer;

import static org.assertj.core.api.Assertions.assertThat;

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
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java snippet of README and the pages compiles and runs as it stands. */
class GuidePagesIT {
    private static final Path ROOT = ProjectFiles.ROOT;

    @TempDir
    Path scratch;

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
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-d", scratch.toString(), "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
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
                        scratch + java.io.File.pathSeparator + System.getProperty("java.class.path"),
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
