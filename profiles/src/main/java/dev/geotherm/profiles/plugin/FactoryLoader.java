package dev.geotherm.profiles.plugin;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.Settings;
import dev.geotherm.api.kind.ComponentKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A loader of factories from one location: the class path, or one plugin.
 *
 * @param loader loads the classes
 * @param name for messages
 * @param jars the jars of the plugin; empty for the class path
 */
record FactoryLoader(ClassLoader loader, String name, List<String> jars) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** A loader that fails more often than this does not advance. */
    private static final int MAX_FAILURES = 100;

    static FactoryLoader classPath(ClassLoader loader) {
        return new FactoryLoader(loader, "class path", List.of());
    }

    static FactoryLoader plugin(PluginClassLoader loader) {
        return new FactoryLoader(
                loader,
                String.valueOf(loader.getName()),
                Stream.of(loader.getURLs()).map(FactoryLoader::path).toList());
    }

    /**
     * Loads and checks the factories of a kind.
     *
     * @param broken receives those that cannot be loaded
     */
    List<DiscoveredFactory> factories(ComponentKind kind, Consumer<BrokenPlugin> broken) {
        List<DiscoveredFactory> found = new ArrayList<>();
        Iterator<? extends ServiceLoader.Provider<? extends ComponentFactory<?, ?>>> providers =
                ServiceLoader.load(kind.factoryType(), loader).stream().iterator();
        for (int failures = 0; failures < MAX_FAILURES; failures++) {
            try {
                while (providers.hasNext()) {
                    ServiceLoader.Provider<? extends ComponentFactory<?, ?>> provider = providers.next();
                    // Classes of the parent loader have another location.
                    if (jars.isEmpty() || provider.type().getClassLoader() == loader) {
                        check(kind, provider, broken).ifPresent(found::add);
                    }
                }
                return found;
            } catch (ServiceConfigurationError | LinkageError | RuntimeException failed) {
                String places = locationsOfEntries(kind, String.valueOf(failed.getMessage()));
                broken.accept(new BrokenPlugin(
                        places,
                        "a service entry for " + kind.section() + " implementations is broken in " + places + ": "
                                + failed.getMessage() + cause(failed)));
            }
        }
        return found;
    }

    /** Returns the factory that a provider makes, unless something is wrong with it. */
    private static Optional<DiscoveredFactory> check(
            ComponentKind kind,
            ServiceLoader.Provider<? extends ComponentFactory<?, ?>> provider,
            Consumer<BrokenPlugin> broken) {
        Class<?> type = provider.type();
        String location = location(type);
        String wrong;
        try {
            DiscoveredFactory found = found(kind, location, provider.get());
            wrong = wrong(found);
            if (wrong == null) {
                return Optional.of(found);
            }
        } catch (Throwable failed) { // whatever a plugin throws is reported and stops nobody else
            wrong = "is broken: " + FailureChain.of(failed);
        }
        broken.accept(new BrokenPlugin(location, "the factory " + type.getName() + " in " + location + " " + wrong));
        return Optional.empty();
    }

    private static DiscoveredFactory found(ComponentKind kind, String location, ComponentFactory<?, ?> factory) {
        Settings.defaults(factory.settings());
        return new DiscoveredFactory(kind, factory.name(), factory.description(), location, factory);
    }

    private static @Nullable String wrong(DiscoveredFactory found) {
        if (found.name() == null || !NAME.matcher(found.name()).matches()) {
            return "has the name '" + found.name() + "', which is not lower-case words joined by single hyphens";
        } else if (found.description() == null || found.description().isBlank()) {
            return "has no description";
        }
        return Collections.disjoint(Settings.names(found.factory().settings()), ReservedSettings.NAMES)
                ? null
                : "has a setting with a reserved name: " + String.join(", ", ReservedSettings.NAMES);
    }

    private static String cause(Throwable failed) {
        return failed.getCause() == null ? "" : " (" + FailureChain.of(failed.getCause()) + ")";
    }

    /** Returns the jar or folder that a class was loaded from. */
    private static String location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "an unknown location" : path(source.getLocation());
    }

    /**
     * Returns the jars with a service entry of this kind that contains a word of the failure's message, or else all
     * jars.
     */
    private String locationsOfEntries(ComponentKind kind, String message) {
        String entry = "META-INF/services/" + kind.factoryType().getName();
        try {
            List<String> all = new ArrayList<>();
            List<String> named = new ArrayList<>();
            for (URL url : Collections.list(loader.getResources(entry))) {
                String place = path(url);
                all.add(place);
                if (message.contains(url.toString()) || names(url).anyMatch(message::contains)) {
                    named.add(place);
                }
            }
            return (named.isEmpty() ? all : named).stream().distinct().collect(Collectors.joining(", "));
        } catch (IOException | SecurityException unreadable) { // a jar that was changed after it was signed
            return jars.isEmpty() ? name : String.join(", ", jars);
        }
    }

    private static Stream<String> names(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.replaceAll("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .toList()
                            .stream();
        }
    }

    private static String path(URL url) {
        try {
            URL file =
                    url.getProtocol().equals("jar") ? ((JarURLConnection) url.openConnection()).getJarFileURL() : url;
            return Path.of(file.toURI()).toString();
        } catch (IOException | URISyntaxException | IllegalArgumentException noFile) {
            return url.toString();
        }
    }
}
