package dev.geotherm.profiles.config;

import dev.geotherm.api.NearestName;
import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Settings;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.ReservedSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of settings: {@code GEOTHERM_POOL_MAX_SIZE} is {@code pool.maxSize}.
 *
 * <p>A variable cannot distinguish {@code my-pool} from {@code myPool}. {@code
 * GEOTHERM_POOL_INSTANCES_MY_POOL_MAX_SIZE} applies to the instance that a profile or {@code --set} names, otherwise to
 * {@code my-pool}; a variable that matches more than one key is an error.
 *
 * <p>Unrelated variables are ignored: those that do not name a section, and those that Kubernetes sets for a service
 * named {@code geotherm} or {@code geotherm-pool}.
 */
final class EnvironmentVariables {
    private static final String PREFIX = "GEOTHERM_";

    /** Variables of the command and its launcher, which are not settings. */
    private static final Set<String> RESERVED =
            Set.of("GEOTHERM_HOME", "GEOTHERM_OPTS", "GEOTHERM_PLUGINS", "GEOTHERM_PROFILE", "GEOTHERM_PROFILES");

    /** Variables that Kubernetes sets for a service. */
    private static final Pattern OF_A_SERVICE = Pattern.compile(
            ".*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)?)");

    private static final List<String> SECTION_PREFIXES =
            ProfileReader.SECTIONS.stream().map(section -> of(section) + "_").toList();

    private final Discovery discovery;
    private final Set<InstanceKey> declared;
    private final Map<String, String> keys = new HashMap<>();

    /**
     * Creates the variables.
     *
     * @param declared keys of instances in profiles and {@code --set}
     */
    EnvironmentVariables(Discovery discovery, Set<InstanceKey> declared) {
        this.discovery = discovery;
        this.declared = declared;
        ProfileReader.TOP.forEach(this::add);
        ProfileSections.ALL.forEach((section, type) -> Settings.names(type).forEach(name -> add(section + "." + name)));
        for (ComponentKind kind : ComponentKind.values()) {
            names(kind).forEach(name -> add(kind.section() + "." + name));
        }
    }

    private void add(String key) {
        keys.put(of(key), key);
    }

    private Set<String> names(ComponentKind kind) {
        Set<String> names = new TreeSet<>(Set.of(ProfileReader.USE));
        for (DiscoveredFactory found : discovery.of(kind)) {
            names.addAll(Settings.names(found.factory().settings()));
        }
        return names;
    }

    /** Returns the variable for a key. */
    static String of(String key) {
        return PREFIX
                + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replace('.', '_')
                        .replace('-', '_')
                        .toUpperCase(Locale.ROOT);
    }

    /** Returns whether a variable has the prefix of settings and is not reserved. */
    static boolean isCandidate(String variable) {
        return variable.startsWith(PREFIX) && !RESERVED.contains(variable);
    }

    /** Returns whether a variable is unrelated: neither a setting nor an error. */
    boolean isForeign(String variable) {
        return !keys.containsKey(variable)
                && (SECTION_PREFIXES.stream().noneMatch(variable::startsWith)
                        || (OF_A_SERVICE.matcher(variable).matches()
                                && ofInstances(variable).isEmpty()));
    }

    /**
     * Returns a warning about an unrelated variable, which suggests the variable that was probably meant; empty for a
     * variable of a Kubernetes service.
     */
    Optional<String> warning(String variable) {
        if (OF_A_SERVICE.matcher(variable).matches()) {
            return Optional.empty();
        }
        Set<String> known = new TreeSet<>(keys.keySet());
        known.addAll(RESERVED);
        return Optional.of("the environment variable " + variable + " is ignored: it is not a setting"
                + NearestName.of(variable, known).map(NearestName::suggestion).orElse(""));
    }

    /** Returns the key of a variable. If it has none or more than one, adds a problem and returns null. */
    @Nullable
    String key(String variable, Problems problems) {
        String key = keys.get(variable);
        if (key != null) {
            return key;
        }
        Set<String> possible = ofInstances(variable);
        if (possible.size() == 1) {
            return possible.iterator().next();
        }
        if (possible.isEmpty()) {
            String near = NearestName.of(variable, keys.keySet())
                    .map(NearestName::suggestion)
                    .orElse("; a setting's is " + of("pool.maxSize") + " for pool.maxSize");
            problems.add(new Problem(variable, "unknown environment variable" + near));
        } else {
            problems.add(new Problem(
                    variable, "is ambiguous: " + String.join(" or ", possible) + "; set the one you mean by --set"));
        }
        return null;
    }

    private Set<String> ofInstances(String variable) {
        Set<String> ofDeclared = new TreeSet<>();
        Set<String> ofOthers = new TreeSet<>();
        for (ComponentKind kind : ComponentKind.values()) {
            String instances = of(kind.section() + "." + ReservedSettings.INSTANCES) + "_";
            if (!kind.hasInstances() || !variable.startsWith(instances)) {
                continue;
            }
            for (String setting : names(kind)) {
                String end = of(setting).substring(PREFIX.length() - 1);
                if (!variable.endsWith(end) || variable.length() <= instances.length() + end.length()) {
                    continue;
                }
                String name = variable.substring(instances.length(), variable.length() - end.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                ofOthers.add(new InstanceKey(kind.section(), name, setting).toString());
                declared.stream()
                        .filter(key -> key.section().equals(kind.section())
                                && of(key.name()).equals(of(name)))
                        .forEach(
                                key -> ofDeclared.add(new InstanceKey(kind.section(), key.name(), setting).toString()));
            }
        }
        return ofDeclared.isEmpty() ? ofOthers : ofDeclared;
    }
}
