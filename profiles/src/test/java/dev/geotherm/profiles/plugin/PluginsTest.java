package dev.geotherm.profiles.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.profiles.Fakes;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.runtime.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginsTest {
    private static final String SERVICE = "META-INF/services/dev.geotherm.api.pool.ObjectPoolsFactory";

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    private Path plugins;

    @BeforeEach
    void makeFolder() throws IOException {
        Fakes.reset();
        plugins = Files.createDirectory(folder.resolve("plugins"));
    }

    @AfterEach
    void forget() {
        Fakes.reset();
    }

    /** The source of a factory of pools in package {@code stranger}. */
    private static String factory(String type, String name) {
        return """
                package stranger;
                public final class %s implements dev.geotherm.api.pool.ObjectPoolsFactory<%s.None> {
                    public record None(@dev.geotherm.api.Setting(defaultValue = "1", description = "x") int size) {}
                    @Override public String name() { return "%s"; }
                    @Override public String description() { return Text.OF; }
                    @Override public Class<None> settings() { return None.class; }
                    @Override public dev.geotherm.api.pool.ObjectPools create(
                            None settings, dev.geotherm.api.ComponentContext context) {
                        ClassLoader loader = Thread.currentThread().getContextClassLoader();
                        if (loader != getClass().getClassLoader()) {
                            throw new IllegalStateException("context class loader " + loader);
                        }
                        return (dev.geotherm.api.pool.ObjectPools) java.lang.reflect.Proxy.newProxyInstance(
                                dev.geotherm.api.pool.ObjectPools.class.getClassLoader(),
                                new Class<?>[] {dev.geotherm.api.pool.ObjectPools.class},
                                (proxy, method, arguments) -> method.getName().equals("trim")
                                        ? 42
                                        : method.getName().equals("metrics")
                                                ? new dev.geotherm.api.pool.PoolsMetrics(java.util.Map.of(), 0, 0)
                                                : null);
                    }
                }
                """.formatted(type, type, name);
    }

    private static String text(String description) {
        return "package stranger; final class Text { static final String OF = new String(\"" + description + "\"); }";
    }

    /** Compiles sources by their type's name and returns the classes by their path in a jar. */
    private Map<String, byte[]> compile(Map<String, String> sources) throws IOException {
        Path work = Files.createTempDirectory(scratch, "compile");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new java.util.ArrayList<>(
                List.of("-proc:none", "-d", work.toString(), "-cp", System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = Files.createDirectories(work.resolve("source")).resolve(source.getKey() + ".java");
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .as("compiled")
                .isZero();
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(work.resolve("stranger"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                classes.put(work.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static Path jar(Path file, Map<String, byte[]> entries) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        return file;
    }

    private Path plugin(String fileName, String type, String name, String description) throws IOException {
        Map<String, byte[]> entries =
                new LinkedHashMap<>(compile(Map.of(type, factory(type, name), "Text", text(description))));
        entries.put(SERVICE, ("stranger." + type + "\n").getBytes());
        return jar(plugins.resolve(fileName), entries);
    }

    private static Map<String, byte[]> service(String content) {
        return Map.of(SERVICE, content.getBytes());
    }

    private void formatPlugin(String fileName, String constructor) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(compile(Map.of("Format", """
                package stranger;
                public final class Format implements dev.geotherm.api.document.FileFormat {
                    public Format() { %s }
                    @Override public java.util.Set<String> endings() { return java.util.Set.of(".strange"); }
                    @Override public dev.geotherm.api.document.FileContent read(String file, byte[] content) {
                        return new dev.geotherm.api.document.FileContent("", "strange");
                    }
                }
                """.formatted(constructor))));
        entries.put("META-INF/services/dev.geotherm.api.document.FileFormat", "stranger.Format\n".getBytes());
        jar(plugins.resolve(fileName), entries);
    }

    @Test
    void fileFormats_areThoseOfThePlugins() throws IOException {
        assertThat(Plugins.none().fileFormats()).isEmpty();
        formatPlugin("format.jar", "");
        plugin("pool.jar", "Pools", "strange", "x");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(opened.fileFormats()).singleElement().satisfies(format -> {
                assertThat(format.endings()).containsExactly(".strange");
                assertThat(format.read("a.strange", new byte[0]).text()).isEqualTo("strange");
            });
        }
    }

    @Test
    void fileFormats_thatCannotBeCreatedNameTheirPlugin() throws IOException {
        formatPlugin("format.jar", "throw new IllegalStateException(\"no\");");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThatThrownBy(opened::fileFormats)
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContainingAll("the plugin format.jar cannot be used", "stranger.Format");
        }
    }

    @Test
    void none_findsTheClassPathOnly() {
        Discovery discovery = Discovery.of(Plugins.none());
        assertThat(discovery.all())
                .extracting(found -> found.kind().section() + " " + found.name())
                .containsExactly(
                        "pool sliced",
                        "pool striped",
                        "diff tree",
                        "streaming lanes",
                        "batch local",
                        "embedding hashing",
                        "anchors memory",
                        "retrieval lucene");
        assertThat(discovery.find(ComponentKind.POOL, "striped").location()).endsWith("test-classes");
        assertThat(discovery.find(ComponentKind.POOL, "striped").factory()).isInstanceOf(Fakes.Striped.class);
    }

    @Test
    void open_takesAJarAsAPlugin() throws IOException {
        Path jar = plugin("mine.jar", "Mine", "mine", "From a jar.");
        Files.writeString(plugins.resolve("README.txt"), "not a jar");
        try (Plugins opened = Plugins.open(plugins)) {
            DiscoveredFactory found = Discovery.of(opened).find(ComponentKind.POOL, "mine");
            assertThat(found.location()).isEqualTo(jar.toString());
            assertThat(found.description()).isEqualTo("From a jar.");
            assertThat(found.factory().getClass().getClassLoader())
                    .isSameAs(opened.loaders().get(0));
        }
    }

    @Test
    void plugin_runsInAPlatform() throws IOException {
        plugin("mine.jar", "Mine", "mine", "From a jar.");
        try (Plugins opened = Plugins.open(plugins)) {
            Configuration configuration = Configuration.bind(
                    Profiles.builtIn(), "perf", Overrides.of(Map.of(), List.of("pool.use=mine")), Discovery.of(opened));
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            try (Platform platform = Platform.start(configuration, folder.resolve("work"))) {
                assertThat(platform.component(ObjectPools.class).trim()).isEqualTo(42);
                assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
            }
        }
    }

    @Test
    void plugins_areSeparated() throws IOException {
        plugin("a.jar", "Mine", "mine", "The one.");
        plugin("b.jar", "Yours", "yours", "The other.");
        try (Plugins opened = Plugins.open(plugins)) {
            Discovery discovery = Discovery.of(opened);
            assertThat(opened.loaders()).hasSize(2);
            assertThat(discovery.find(ComponentKind.POOL, "mine").description()).isEqualTo("The one.");
            assertThat(discovery.find(ComponentKind.POOL, "yours").description())
                    .isEqualTo("The other.");
        }
    }

    @Test
    void open_takesAFolderOfJarsAsOnePlugin() throws IOException {
        Map<String, byte[]> classes = compile(Map.of("Mine", factory("Mine", "mine"), "Text", text("Of two jars.")));
        Map<String, byte[]> first = new LinkedHashMap<>(classes);
        byte[] library = first.remove("stranger/Text.class");
        first.put(SERVICE, "stranger.Mine".getBytes());
        jar(plugins.resolve("both/a.jar"), first);
        jar(plugins.resolve("both/b.jar"), Map.of("stranger/Text.class", library));
        Files.createDirectory(plugins.resolve("nothing"));
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(opened.loaders()).hasSize(1);
            assertThat(Discovery.of(opened).find(ComponentKind.POOL, "mine").description())
                    .isEqualTo("Of two jars.");
        }
    }

    @Test
    void plugin_loadsItsOwnClassesFirst() throws Exception {
        String guava = "com/google/common/base/Ascii.class";
        String shared = "dev/geotherm/api/Component.class";
        try (var in = getClass().getClassLoader().getResourceAsStream(guava);
                var in2 = getClass().getClassLoader().getResourceAsStream(shared)) {
            jar(plugins.resolve("own.jar"), Map.of(guava, in.readAllBytes(), shared, in2.readAllBytes()));
        }
        try (Plugins opened = Plugins.open(plugins)) {
            ClassLoader loader = opened.loaders().get(0);
            assertThat(loader.loadClass("com.google.common.base.Ascii").getClassLoader())
                    .isSameAs(loader);
            assertThat(loader.loadClass("com.google.common.base.Strings"))
                    .isSameAs(com.google.common.base.Strings.class);
            assertThat(loader.loadClass("dev.geotherm.api.Component")).isSameAs(dev.geotherm.api.Component.class);
            assertThat(loader.getResource(guava).toString()).contains("own.jar");
        }
    }

    @Test
    void name_ofTwoFactoriesIsRefusedWithBothLocations() throws IOException {
        Path a = plugin("a.jar", "Mine", "mine", "The one.");
        Path b = plugin("b.jar", "Yours", "mine", "The other.");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThatThrownBy(() -> Discovery.of(opened))
                    .isInstanceOf(GeothermException.class)
                    .hasMessage("two pool implementations are called 'mine': stranger.Mine in " + a
                            + " and stranger.Yours in " + b + "; remove one of them");
        }
    }

    @Test
    void name_ofAClassPathFactoryIsRefused() throws IOException {
        Path jar = plugin("a.jar", "Mine", "striped", "A double.");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThatThrownBy(() -> Discovery.of(opened))
                    .hasMessageContaining("are called 'striped'")
                    .hasMessageContaining("test-classes")
                    .hasMessageContaining(jar.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mine", "", "my_pools", "-mine", "mine-", "a--b", "1a", "mine pools"})
    void factory_withAnInvalidNameIsLeftOut(String name) throws IOException {
        Path jar = plugin("a.jar", "Mine", name, "Badly named.");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(broken(opened)).contains("has the name '" + name + "'", jar.toString());
        }
    }

    @Test
    void factory_withoutDescriptionIsLeftOut() throws IOException {
        plugin("a.jar", "Mine", "mine", " ");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(broken(opened)).contains("has no description");
        }
    }

    @Test
    void factory_thatThrowsIsLeftOut() throws IOException {
        Path jar = jar(plugins.resolve("a.jar"), withoutLibrary());
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(broken(opened))
                    .contains("the factory stranger.Mine in " + jar + " is broken: ", "stranger/Text");
        }
    }

    @Test
    void factory_thatThrowsAnErrorIsLeftOut() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(compile(Map.of(
                "Mine",
                factory("Mine", "mine").replace("return \"mine\";", "throw new AssertionError(\"no name today\");"),
                "Text",
                text("From a jar."))));
        entries.put(SERVICE, "stranger.Mine".getBytes());
        jar(plugins.resolve("a.jar"), entries);
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(broken(opened)).contains("is broken: java.lang.AssertionError: no name today");
        }
    }

    private Map<String, byte[]> withoutLibrary() throws IOException {
        Map<String, byte[]> entries =
                new LinkedHashMap<>(compile(Map.of("Mine", factory("Mine", "mine"), "Text", text("Lost."))));
        entries.remove("stranger/Text.class");
        entries.put(SERVICE, "stranger.Mine".getBytes());
        return entries;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stranger.Missing",
                "com.google.common.base.Strings",
                "not a class name",
                "stranger.Missing # why"
            })
    void serviceEntry_thatIsBrokenIsLeftOutNamingTheJar(String entry) throws IOException {
        Path jar = jar(plugins.resolve("a.jar"), service(entry + "\n"));
        plugin("b.jar", "Mine", "mine", "In order.");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(broken(opened)).contains("a service entry for pool implementations is broken in " + jar + ": ");
            assertThat(Discovery.of(opened).find(ComponentKind.POOL, "mine").description())
                    .isEqualTo("In order.");
        }
    }

    /**
     * Returns the only message about a broken plugin, after a check that it affects only callers that need the missing
     * factory.
     */
    private static String broken(Plugins opened) {
        Discovery discovery = Discovery.of(opened);
        assertThat(discovery.find(ComponentKind.POOL, "striped").location()).endsWith("test-classes");
        assertThat(discovery.broken()).hasSize(1);
        String message = discovery.broken().get(0).message();
        assertThatThrownBy(() -> discovery.find(ComponentKind.POOL, "absent"))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("skipped: " + message);
        return message;
    }

    @Test
    void factory_whoseInitializerFailsShowsTheCause() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(compile(Map.of(
                "Mine",
                factory("Mine", "mine").replace("@Override public String name()", """
                                static {
                                    if (true) throw new IllegalStateException("no licence file");
                                }
                                @Override public String name()"""),
                "Text",
                text("From a jar."))));
        entries.put(SERVICE, "stranger.Mine".getBytes());
        Path jar = jar(plugins.resolve("a.jar"), entries);
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(broken(opened)).contains(jar.toString(), "IllegalStateException: no licence file");
        }
    }

    @Test
    void component_whoseInitializerFailsShowsTheCause() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(compile(Map.of(
                "Mine",
                factory("Mine", "mine").replace("ClassLoader loader =", "Broken.run(); ClassLoader loader ="),
                "Broken",
                "package stranger; final class Broken { static final int N = Integer.parseInt(\"x\"); static void run() {} }",
                "Text",
                text("From a jar."))));
        entries.put(SERVICE, "stranger.Mine".getBytes());
        Path jar = jar(plugins.resolve("a.jar"), entries);
        try (Plugins opened = Plugins.open(plugins)) {
            Configuration configuration = Configuration.bind(
                    Profiles.builtIn(), "perf", Overrides.of(Map.of(), List.of("pool.use=mine")), Discovery.of(opened));
            assertThatThrownBy(() -> Platform.start(configuration, folder.resolve("work")))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContaining("cannot start pool (mine, from " + jar + ")")
                    .hasMessageContaining("NumberFormatException: For input string");
        }
    }

    @Test
    void open_leavesOutASignedJarThatWasChanged() throws Exception {
        Path jar = plugin("a.jar", "Mine", "mine", "Signed.");
        sign(jar);
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(Discovery.of(opened).find(ComponentKind.POOL, "mine").description())
                    .isEqualTo("Signed.");
        }
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.write(
                    zip.getPath("stranger/Text.class"),
                    compile(Map.of("Text", text("Changed."))).get("stranger/Text.class"));
        }
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(opened.loaders()).isEmpty();
            assertThat(broken(opened)).contains("the plugin " + jar + " was changed after it was signed", "Text.class");
        }
    }

    private void sign(Path jar) throws Exception {
        Path keys = scratch.resolve("keys");
        run(
                "keytool",
                "-genkeypair -alias me -keyalg EC -dname CN=me -storepass secret -keystore".split(" "),
                keys.toString());
        run("jarsigner", new String[] {"-storepass", "secret", "-keystore", keys.toString()}, jar.toString(), "me");
    }

    private static void run(String tool, String[] options, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()));
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(List.of(options));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as("exit code of %s", tool).isZero();
    }

    @Test
    void open_leavesOutAFileThatIsNotAJar() throws IOException {
        plugin("a.jar", "Mine", "mine", "In order.");
        Path noJar = Files.writeString(plugins.resolve("b.jar"), "this is no zip file");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(broken(opened)).contains("the plugin " + noJar + " is not a readable jar");
            assertThat(Discovery.of(opened).find(ComponentKind.POOL, "mine").description())
                    .isEqualTo("In order.");
        }
    }

    @Test
    @Timeout(120) // a guard: to open the pipe would wait for a writer
    void open_leavesOutAPipe() throws Exception {
        Path pipe = plugins.resolve("pipe.jar");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no named pipes");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(broken(opened)).contains("the plugin " + pipe + " is not a file");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 600})
    void open_leavesOutATruncatedJar(int length) throws IOException {
        Path whole = plugin("whole.jar", "Mine", "mine", "In order.");
        byte[] bytes = Files.readAllBytes(whole);
        Files.delete(whole);
        Path cut = Files.createDirectory(plugins.resolve("dir")).resolve("cut.jar");
        Files.write(cut, java.util.Arrays.copyOf(bytes, length));
        try (Plugins opened = Plugins.open(plugins)) {
            assertThat(broken(opened)).contains(cut.toString());
        }
    }

    @Test
    void open_ofMissingFolderNamesIt() {
        assertThatThrownBy(() -> Plugins.open(folder.resolve("none")))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(folder.resolve("none").toString());
    }

    @Test
    void find_ofUnknownNameNamesChoicesAndPlaces() throws IOException {
        plugin("mine.jar", "Mine", "mine", "From a jar.");
        try (Plugins opened = Plugins.open(plugins)) {
            assertThatThrownBy(() -> Discovery.of(opened).find(ComponentKind.POOL, "stripped"))
                    .isInstanceOf(GeothermException.class)
                    .hasMessage(
                            "unknown pool implementation 'stripped'; did you mean 'striped'? (searched: class path, plugin"
                                    + " mine.jar)");
        }
    }

    @Test
    void close_isIdempotent() throws IOException {
        plugin("mine.jar", "Mine", "mine", "From a jar.");
        Plugins opened = Plugins.open(plugins);
        opened.close();
        assertThatCode(opened::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> opened.loaders().get(0).loadClass("stranger.Mine"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
