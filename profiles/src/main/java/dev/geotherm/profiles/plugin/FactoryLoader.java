package dev.geotherm.profiles.plugin;

import dev.geotherm.api.Extension;
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
 * @param name the location, for messages
 * @param jars the jars of the plugin; empty for the class path
 */
record FactoryLoader(ClassLoader loader, String name, List<String> jars) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** A service loader that fails more often than this makes no progress. */
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
        return load(kind.factoryType(), kind.section() + " implementations", broken, (factory, location) -> {
            Settings.defaults(factory.settings());
            refuse(wrong(factory.name(), factory.description()));
            if (!Collections.disjoint(Settings.names(factory.settings()), ReservedSettings.NAMES)) {
                refuse("has a setting with a reserved name: " + String.join(", ", ReservedSettings.NAMES));
            }
            return new DiscoveredFactory(kind, factory.name(), factory.description(), location, factory);
        });
    }

    /**
     * Loads and checks the extensions of an interface.
     *
     * @param kind the kind of extension, for users
     * @param broken receives those that cannot be loaded
     */
    <E extends Extension<?>> List<DiscoveredExtension> extensions(
            Class<E> type, String kind, Consumer<BrokenPlugin> broken) {
        return load(type, kind + "s", broken, (extension, location) -> {
            Settings.defaults(extension.settings());
            refuse(wrong(extension.name(), extension.description()));
            return new DiscoveredExtension(kind, extension.name(), extension.description(), location, extension);
        });
    }

    /** A check of what a provider created; throws if it is invalid. */
    private interface Check<T, F> {
        F checked(T made, String location);
    }

    /** Thrown for an invalid factory, with a message that is a predicate of the factory's name. */
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String wrong) {
            super(wrong);
        }
    }

    private static void refuse(@Nullable String wrong) {
        if (wrong != null) {
            throw new RefusedException(wrong);
        }
    }

    private <T, F> List<F> load(
            Class<T> service, String kind, Consumer<BrokenPlugin> broken, Check<? super T, F> check) {
        List<F> found = new ArrayList<>();
        Iterator<ServiceLoader.Provider<T>> providers =
                ServiceLoader.load(service, loader).stream().iterator();
        for (int failures = 0; failures < MAX_FAILURES; failures++) {
            try {
                while (providers.hasNext()) {
                    ServiceLoader.Provider<T> provider = providers.next();
                    // Classes of the parent loader have another location.
                    if (jars.isEmpty() || provider.type().getClassLoader() == loader) {
                        checked(provider, check, broken).ifPresent(found::add);
                    }
                }
                return found;
            } catch (ServiceConfigurationError | LinkageError | RuntimeException failed) {
                String places = locationsOfEntries(service, String.valueOf(failed.getMessage()));
                broken.accept(new BrokenPlugin(
                        places,
                        "a service entry for " + kind + " is broken in " + places + ": " + failed.getMessage()
                                + cause(failed)));
            }
        }
        return found;
    }

    /** Returns the factory that a provider creates, or empty if it is invalid. */
    private static <T, F> Optional<F> checked(
            ServiceLoader.Provider<T> provider, Check<? super T, F> check, Consumer<BrokenPlugin> broken) {
        Class<?> type = provider.type();
        String location = location(type);
        String wrong;
        try {
            return Optional.of(check.checked(provider.get(), location));
        } catch (RefusedException refused) {
            wrong = String.valueOf(refused.getMessage());
        } catch (Throwable failed) { // a failing plugin must not affect others
            wrong = "is broken: " + FailureChain.of(failed);
        }
        broken.accept(new BrokenPlugin(location, "the factory " + type.getName() + " in " + location + " " + wrong));
        return Optional.empty();
    }

    private static @Nullable String wrong(@Nullable String name, @Nullable String description) {
        if (name == null || !NAME.matcher(name).matches()) {
            return "has the name '" + name + "', which is not lower-case words joined by single hyphens";
        }
        return description == null || description.isBlank() ? "has no description" : null;
    }

    private static String cause(Throwable failed) {
        return failed.getCause() == null ? "" : " (" + FailureChain.of(failed.getCause()) + ")";
    }

    /** Returns the jar or folder from which a class was loaded. */
    private static String location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "an unknown location" : path(source.getLocation());
    }

    /**
     * Returns the jars with a service entry of this kind that contains a word of the failure's message, or all jars if
     * none has.
     */
    private String locationsOfEntries(Class<?> service, String message) {
        String entry = "META-INF/services/" + service.getName();
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
        } catch (IOException | SecurityException unreadable) { // a jar that was modified after signing
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
