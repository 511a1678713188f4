package dev.geotherm.profiles.plugin;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.document.FileFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins in a folder, each with its own class loader, so that each can bring its own versions of libraries.
 *
 * <p>Immutable and thread-safe. Close it after the platforms that use it: classes can be loaded only
 * while it is open.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final List<PluginClassLoader> loaders;
    private final List<BrokenPlugin> broken;

    private Plugins(List<PluginClassLoader> loaders, List<BrokenPlugin> broken) {
        this.loaders = List.copyOf(loaders);
        this.broken = List.copyOf(broken);
    }

    /** Returns no plugins. */
    public static Plugins none() {
        return new Plugins(List.of(), List.of());
    }

    /**
     * Opens a folder of plugins: each {@code *.jar} in it is a plugin, and the jars of each subfolder form one plugin.
     * Other files are ignored. A plugin is omitted if one of its jars cannot be read or was modified after signing; see
     * {@link #broken()}.
     *
     * @throws GeothermException if the folder does not exist or cannot be listed
     */
    public static Plugins open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new GeothermException("the plugin folder does not exist: " + folder.toAbsolutePath());
        }
        List<PluginClassLoader> loaders = new ArrayList<>();
        List<BrokenPlugin> broken = new ArrayList<>();
        for (List<Path> jars : plugins(folder.toAbsolutePath().normalize())) {
            List<BrokenPlugin> wrong =
                    jars.stream().flatMap(jar -> check(jar).stream()).toList();
            if (wrong.isEmpty()) {
                loaders.add(loader(jars));
            } else {
                broken.addAll(wrong);
            }
        }
        return new Plugins(loaders, broken);
    }

    /** Returns the jars of each plugin in a folder. */
    private static List<List<Path>> plugins(Path folder) {
        List<List<Path>> plugins = new ArrayList<>();
        for (Path entry : list(folder)) {
            if (Files.isDirectory(entry)) {
                List<Path> jars = list(entry).stream().filter(Plugins::isJar).toList();
                if (jars.isEmpty()) {
                    LOG.warn("The plugin folder {} contains no jar and is not used", entry);
                } else {
                    plugins.add(jars);
                }
            } else if (isJar(entry)) {
                plugins.add(List.of(entry));
            }
        }
        return plugins;
    }

    /** Returns one class loader per plugin, sorted by plugin name. */
    public List<ClassLoader> loaders() {
        return List.copyOf(loaders);
    }

    List<PluginClassLoader> opened() {
        return loaders;
    }

    /**
     * Creates the file formats that the plugins provide.
     *
     * @throws GeothermException if one of them cannot be loaded
     */
    public List<FileFormat> fileFormats() {
        List<FileFormat> formats = new ArrayList<>();
        for (PluginClassLoader loader : loaders) {
            try {
                ServiceLoader.load(FileFormat.class, loader).stream()
                        .filter(format -> format.type().getClassLoader() == loader) // not one from the class path
                        .forEach(format -> formats.add(format.get()));
            } catch (ServiceConfigurationError | LinkageError broken) {
                throw new GeothermException(
                        "the " + loader.getName() + " cannot be used: " + broken.getMessage()
                                + "; replace or remove it",
                        broken);
            }
        }
        return formats;
    }

    /** Returns the omitted plugins. */
    public List<BrokenPlugin> broken() {
        return broken;
    }

    /** Closes every jar; classes that are not yet loaded can no longer be loaded. Idempotent. */
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

    private static Optional<BrokenPlugin> check(Path jar) {
        String wrong;
        try {
            if (Files.isRegularFile(jar)) { // to open a named pipe would wait for a writer
                SignedJar.verify(jar);
                return Optional.empty();
            }
            wrong = "is not a file";
        } catch (SecurityException changed) {
            wrong = "was changed after it was signed: " + changed.getMessage();
        } catch (IOException unreadable) {
            wrong = "is not a readable jar: " + unreadable.getMessage();
        }
        return Optional.of(
                new BrokenPlugin(jar.toString(), "the plugin " + jar + " " + wrong + "; replace or remove it"));
    }

    private static PluginClassLoader loader(List<Path> jars) {
        return new PluginClassLoader(
                "plugin " + jars.get(0).getFileName(),
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
