package dev.geotherm.profiles.plugin;

import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins in a folder, each with its own class loader, so that each can bring its own versions of libraries.
 *
 * <p>Immutable and safe for use by many threads. Close it after the platforms that use it: classes are loaded as long
 * as it is open.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final List<PluginClassLoader> loaders;

    private Plugins(List<PluginClassLoader> loaders) {
        this.loaders = List.copyOf(loaders);
    }

    /** Returns no plugins. */
    public static Plugins none() {
        return new Plugins(List.of());
    }

    /**
     * Opens a plugin folder: each {@code *.jar} in it is a plugin, and the jars of each subfolder together are one
     * plugin. Other files are ignored.
     *
     * @throws GeothermException if the folder does not exist, or a file named {@code .jar} in it is not a jar; the
     *     message names it
     */
    public static Plugins open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new GeothermException("the plugin folder does not exist: " + folder.toAbsolutePath());
        }
        List<PluginClassLoader> loaders = new ArrayList<>();
        List<List<Path>> plugins = new ArrayList<>();
        for (Path entry : list(folder.toAbsolutePath().normalize())) {
            if (isJar(entry)) {
                plugins.add(List.of(entry));
            } else if (Files.isDirectory(entry)) {
                List<Path> jars = list(entry).stream().filter(Plugins::isJar).toList();
                if (jars.isEmpty()) {
                    LOG.warn("The plugin folder {} contains no jar and is not used", entry);
                } else {
                    plugins.add(jars);
                }
            }
        }
        plugins.forEach(jars -> jars.forEach(Plugins::check));
        plugins.forEach(jars -> loaders.add(loader(jars)));
        return new Plugins(loaders);
    }

    /** Returns one class loader per plugin, sorted by plugin name. */
    public List<ClassLoader> loaders() {
        return List.copyOf(loaders);
    }

    /** Closes every jar; classes that are not loaded yet can no longer be loaded. Idempotent. */
    @Override
    public void close() {
        IOException first = null;
        for (PluginClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw new UncheckedIOException("cannot close the plugins", first);
        }
    }

    private static boolean isJar(Path entry) {
        return String.valueOf(entry.getFileName()).endsWith(".jar");
    }

    private static void check(Path jar) {
        try (JarFile opened = new JarFile(jar.toFile())) {
            LOG.debug("Plugin jar {} has {} entries", jar, opened.size());
        } catch (IOException broken) {
            throw new GeothermException(
                    "the plugin " + jar + " is not a readable jar: " + broken.getMessage() + "; replace or remove it",
                    broken);
        }
    }

    private static PluginClassLoader loader(List<Path> jars) {
        Path first = jars.get(0);
        return new PluginClassLoader(
                "plugin " + first.getFileName(),
                jars.stream().map(Plugins::url).toArray(URL[]::new),
                Plugins.class.getClassLoader());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException unexpected) {
            throw new GeothermException("the plugin " + jar + " has a path that is not a valid URL", unexpected);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException unreadable) {
            throw new GeothermException("cannot list the plugin folder " + folder + ": " + unreadable, unreadable);
        }
    }
}
