package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.EffectiveSetting;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The settings that determine what is stored, as JSON texts. Documents that were ingested with other ones must be ingested
 * again.
 */
final class ContentSettings {
    private static final String SCRUB = "anchors.scrub";

    /** Settings of the anchors that change neither an anchor nor its passages. */
    private static final Set<String> ANCHOR_DISPLAY = Set.of("anchors.scrub", "anchors.trackEmbeddings");

    private ContentSettings() {}

    /**
     * Returns the settings of splitter, scrubber and embedder.
     *
     * @param embedder what the vectors depend on, if the embedder knows
     */
    static String of(Configuration configuration, Splitter splitter, Optional<String> embedder) {
        ObjectNode json =
                of(configuration, key -> (key.startsWith("embedding.") && embedder.isEmpty()) || key.startsWith(SCRUB));
        json.put("splitter", splitter.description());
        embedder.ifPresentOrElse(
                fingerprint -> json.put("embedding", fingerprint), () -> addPlugin(json, configuration));
        return json.toString();
    }

    /** Adds the plugin of the embedder: it can be replaced by one with the same name and settings but other vectors. */
    private static void addPlugin(ObjectNode json, Configuration configuration) {
        DiscoveredFactory embedder = configuration.implementation(ComponentKind.EMBEDDING);
        if (embedder.factory().getClass().getClassLoader() != ContentSettings.class.getClassLoader()) {
            try {
                json.put(
                        "embedding plugin",
                        new ContentHash().addFile(Path.of(embedder.location())).hex());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /** Returns the settings that determine the anchors of given passages. */
    static String ofAnchors(Configuration configuration) {
        return of(configuration, key -> key.startsWith("anchors.") && !ANCHOR_DISPLAY.contains(key))
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

    /** Returns what differs, such as {@code embedding.dimension was 256 and is 512}. */
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
