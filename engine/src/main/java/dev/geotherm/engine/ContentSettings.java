package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.EffectiveSetting;
import dev.geotherm.profiles.plugin.DiscoveredExtension;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.runtime.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The settings that determine the stored content, as JSON texts. Documents ingested with other settings must be ingested
 * again.
 */
final class ContentSettings {
    private static final String SCRUB = "anchors.scrub";
    private static final String SCRUB_RULES = "anchors.scrubRules";

    /** The anchor settings that change neither anchors nor passages. */
    private static final Set<String> ANCHOR_DISPLAY = Set.of("anchors.trackEmbeddings");

    private ContentSettings() {}

    /**
     * Returns the settings of splitter, scrubber and embedder. If the embedder has a fingerprint, it replaces the embedder's
     * settings.
     */
    static String of(Platform platform, Splitter splitter) {
        Configuration configuration = platform.configuration();
        Optional<String> vectors = platform.embedder().fingerprint();
        // The path of a key file says nothing about the key.
        ObjectNode json = of(
                configuration,
                key -> (key.startsWith("embedding.") && vectors.isEmpty())
                        || (key.startsWith(SCRUB) && !key.startsWith(SCRUB + "Key")));
        // With a token limit, the chunks also depend on the embedder.
        String tokens = splitter.tokens().isNone() ? "" : " of " + vectors.orElseGet(() -> embedding(configuration));
        json.put("splitter", splitter.description() + tokens);
        json.put("scrubber", platform.anchors().scrubFingerprint());
        List<String> rules = configuration.settings().stream()
                .filter(setting -> setting.key().equals(SCRUB_RULES))
                .flatMap(setting -> Stream.of(setting.value().split(",")))
                .map(String::strip)
                .toList();
        for (DiscoveredExtension extension : configuration.discoveredExtensions()) {
            if (rules.contains(extension.name())) {
                putPlugin(json, "scrub rule " + extension.name(), extension.location(), extension.extension());
            }
        }
        DiscoveredFactory embedder = configuration.implementation(ComponentKind.EMBEDDING);
        vectors.ifPresentOrElse(
                fingerprint -> json.put("embedding", fingerprint),
                () -> putPlugin(json, "embedding plugin", embedder.location(), embedder.factory()));
        return json.toString();
    }

    private static String embedding(Configuration configuration) {
        return of(configuration, key -> key.startsWith("embedding.")).toString();
    }

    /** Adds the hash of a plugin, because another version can have the same name and settings but other results. */
    private static void putPlugin(ObjectNode json, String name, String location, Object loaded) {
        if (loaded.getClass().getClassLoader() != ContentSettings.class.getClassLoader()) {
            try {
                json.put(name, new ContentHash().addFile(Path.of(location)).hex());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /** Returns the settings that, together with the passages, determine the anchors. */
    static String ofAnchors(Configuration configuration) {
        return of(
                        configuration,
                        key -> key.startsWith("anchors.") && !key.startsWith(SCRUB) && !ANCHOR_DISPLAY.contains(key))
                .toString();
    }

    private static ObjectNode of(Configuration configuration, Predicate<String> chosen) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        configuration.settings().stream()
                .filter(setting -> chosen.test(setting.key()))
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .forEach((EffectiveSetting setting) -> json.put(setting.key(), setting.value()));
        return json;
    }

    /** Returns the differences, such as {@code embedding.dimension was 256 and is 512}. */
    static List<String> differences(String before, String now) {
        try {
            JsonNode old = Json.MAPPER.readTree(before);
            JsonNode current = Json.MAPPER.readTree(now);
            Set<String> keys = new TreeSet<>();
            old.fieldNames().forEachRemaining(keys::add);
            current.fieldNames().forEachRemaining(keys::add);
            List<String> differences = new ArrayList<>();
            for (String key : keys) {
                String was = old.path(key).asText("not set");
                String is = current.path(key).asText("not set");
                if (!was.equals(is)) {
                    differences.add(key + " was " + was + " and is " + is);
                }
            }
            return differences;
        } catch (JsonProcessingException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
