package dev.geotherm.profiles.plugin;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.NearestName;
import dev.geotherm.api.anchor.ScrubRuleFactory;
import dev.geotherm.api.kind.ComponentKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A catalogue of component factories, by kind and name, and of the extensions of components. It contains those on the
 * class path and module path, and those in plugins.
 *
 * <p>Discovery creates no components: it only lists factories, among which a profile chooses. A plugin or factory that
 * cannot be loaded is omitted and listed as {@linkplain #broken() broken}; it is an error only for profiles that choose
 * it. Immutable and thread-safe.
 */
public final class Discovery {
    private final List<DiscoveredFactory> all;
    private final List<DiscoveredExtension> extensions;
    private final List<BrokenPlugin> broken;
    private final Set<String> places;

    private Discovery(
            List<DiscoveredFactory> all,
            List<DiscoveredExtension> extensions,
            List<BrokenPlugin> broken,
            Set<String> places) {
        this.all = List.copyOf(all);
        this.extensions = List.copyOf(extensions);
        this.broken = List.copyOf(broken);
        this.places = places;
    }

    /**
     * Finds the factories on the class path and in the plugins.
     *
     * @throws GeothermException if two factories of a kind have the same name; the message names the jars
     */
    public static Discovery of(Plugins plugins) {
        List<FactoryLoader> places = new ArrayList<>();
        places.add(FactoryLoader.classPath(Discovery.class.getClassLoader()));
        plugins.opened().forEach(plugin -> places.add(FactoryLoader.plugin(plugin)));
        List<DiscoveredFactory> all = new ArrayList<>();
        Set<BrokenPlugin> broken = new LinkedHashSet<>(plugins.broken());
        for (ComponentKind kind : ComponentKind.values()) {
            Map<String, DiscoveredFactory> byName = new TreeMap<>();
            for (FactoryLoader place : places) {
                for (DiscoveredFactory found : place.factories(kind, broken::add)) {
                    DiscoveredFactory other = byName.putIfAbsent(found.name(), found);
                    if (other != null) {
                        throw new GeothermException("two " + kind.section() + " implementations are called '"
                                + found.name() + "': " + of(other) + " and " + of(found) + "; remove one of them");
                    }
                }
            }
            all.addAll(byName.values());
        }
        Map<String, DiscoveredExtension> rules = new TreeMap<>();
        for (FactoryLoader place : places) {
            for (DiscoveredExtension found : place.extensions(ScrubRuleFactory.class, "scrub rule", broken::add)) {
                DiscoveredExtension other = rules.putIfAbsent(found.name(), found);
                if (other != null) {
                    throw new GeothermException("two scrub rules are called '" + found.name() + "': " + of(other)
                            + " and " + of(found) + "; remove one of them");
                }
            }
        }
        Set<String> searched = new LinkedHashSet<>();
        places.forEach(place -> searched.add(place.name()));
        return new Discovery(all, List.copyOf(rules.values()), new ArrayList<>(broken), searched);
    }

    private static String of(DiscoveredExtension found) {
        return found.extension().getClass().getName() + " in " + found.location();
    }

    /** Returns the extensions of components, by name. */
    public List<DiscoveredExtension> extensions() {
        return extensions;
    }

    /** Returns every factory, by kind and name. */
    public List<DiscoveredFactory> all() {
        return all;
    }

    /** Returns the plugins and factories that cannot be loaded, with the reasons. */
    public List<BrokenPlugin> broken() {
        return broken;
    }

    /**
     * Returns the factory of the given kind and name.
     *
     * @throws PluginException if the name is unknown, but may belong to a plugin that cannot be loaded
     * @throws GeothermException if the name is unknown; the message lists the known names and the searched places
     */
    public DiscoveredFactory find(ComponentKind kind, String name) {
        List<DiscoveredFactory> ofKind = of(kind);
        return ofKind.stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names =
                            ofKind.stream().map(DiscoveredFactory::name).toList();
                    String message = NearestName.unknown(kind.section() + " implementation", name, names)
                            + " (searched: " + String.join(", ", places) + ")";
                    return broken.isEmpty() ? new GeothermException(message) : new PluginException(message, broken);
                });
    }

    /** Returns the factories of a kind, by name. */
    public List<DiscoveredFactory> of(ComponentKind kind) {
        return all.stream().filter(found -> found.kind() == kind).toList();
    }

    private static String of(DiscoveredFactory found) {
        return found.factory().getClass().getName() + " in " + found.location();
    }
}
