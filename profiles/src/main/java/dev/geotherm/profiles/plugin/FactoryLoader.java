package dev.geotherm.profiles.plugin;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.GeothermException;
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
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A loader of factories from one location: the class path, or one plugin.
 *
 * @param loader loads the classes
 * @param name for messages
 * @param ownOnly whether only classes defined by this loader itself are accepted, not those of its parent
 */
record FactoryLoader(ClassLoader loader, String name, boolean ownOnly) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    static FactoryLoader classPath(ClassLoader loader) {
        return new FactoryLoader(loader, "class path", false);
    }

    static FactoryLoader plugin(ClassLoader loader) {
        return new FactoryLoader(loader, String.valueOf(loader.getName()), true);
    }

    /** Loads and checks the factories of a kind. */
    List<DiscoveredFactory> factories(ComponentKind kind) {
        List<DiscoveredFactory> found = new ArrayList<>();
        try {
            Iterator<? extends ServiceLoader.Provider<? extends ComponentFactory<?, ?>>> providers =
                    ServiceLoader.load(kind.factoryType(), loader).stream().iterator();
            while (providers.hasNext()) {
                ServiceLoader.Provider<? extends ComponentFactory<?, ?>> provider = providers.next();
                if (!ownOnly || provider.type().getClassLoader() == loader) {
                    found.add(checked(kind, provider.get()));
                }
            }
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new GeothermException(
                    "a service entry for " + kind.section() + " implementations is broken in "
                            + locationsOfEntries(kind, String.valueOf(broken.getMessage())) + ": " + broken.getMessage()
                            + cause(broken),
                    broken);
        }
        return found;
    }

    private static String cause(Throwable broken) {
        return broken.getCause() == null ? "" : " (" + broken.getCause() + ")";
    }

    private static DiscoveredFactory checked(ComponentKind kind, ComponentFactory<?, ?> factory) {
        String location = location(factory.getClass());
        String name;
        String description;
        List<String> settings;
        try {
            name = factory.name();
            description = factory.description();
            Settings.defaults(factory.settings());
            settings = Settings.names(factory.settings());
        } catch (RuntimeException | LinkageError broken) {
            throw new GeothermException(
                    "the factory " + factory.getClass().getName() + " in " + location + " is broken: " + broken,
                    broken);
        }
        String wrong = null;
        if (name == null || !NAME.matcher(name).matches()) {
            wrong = "has the name '" + name + "', which is not lower-case words joined by single hyphens";
        } else if (description == null || description.isBlank()) {
            wrong = "has no description";
        } else if (!Collections.disjoint(settings, ReservedSettings.NAMES)) {
            wrong = "has a setting with a reserved name: " + String.join(", ", ReservedSettings.NAMES);
        }
        if (wrong != null) {
            throw new GeothermException(
                    "the factory " + factory.getClass().getName() + " in " + location + " " + wrong);
        }
        return new DiscoveredFactory(kind, name, description, location, factory);
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
        } catch (IOException unreadable) {
            return name + " (its entries cannot be read: " + unreadable.getMessage() + ")";
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
