package dev.geotherm.anchors.store;

import dev.geotherm.anchors.scrub.PersonalDataScrubber;
import dev.geotherm.anchors.scrub.ScrubberChoice;
import dev.geotherm.api.Extensions;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.anchor.ScrubbedText;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scrubbing of texts according to the settings. Thread-safe.
 *
 * @param scrubber the scrubber; null if texts are kept unchanged
 */
record Scrubbing(@Nullable PersonalDataScrubber scrubber) {
    private static final Logger LOG = LoggerFactory.getLogger(Scrubbing.class);

    /**
     * Creates the scrubbing with the rules of extensions that the settings choose.
     *
     * @throws SettingsException with every problem of the settings
     */
    static Scrubbing of(ScrubSettings settings, Extensions extensions) {
        ScrubberChoice choice = new ScrubberChoice(
                settings.scrubRules(),
                settings.scrubOptions(),
                settings.scrubActions(),
                settings.scrubKey(),
                settings.scrubKeyFile());
        return new Scrubbing(settings.scrub() ? choice.scrubber(extensions) : null);
    }

    ScrubbedText scrub(String text) {
        return scrubber == null ? ScrubbedText.unchanged(text) : scrubber.scrub(text);
    }

    String fingerprint() {
        return scrubber == null ? "" : scrubber.fingerprint();
    }

    /** Logs only the number of found items of each kind. */
    void logCounts(String instance) {
        if (scrubber != null && !scrubber.counts().isEmpty()) {
            LOG.info(
                    "{} removed personal data from texts: {}",
                    instance,
                    scrubber.counts().entrySet().stream()
                            .map(each -> each.getValue() + " " + each.getKey())
                            .collect(Collectors.joining(", ")));
        }
    }
}
