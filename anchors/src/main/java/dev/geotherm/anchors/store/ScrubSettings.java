package dev.geotherm.anchors.store;

import dev.geotherm.api.Secret;
import dev.geotherm.api.Setting;
import java.util.List;

/**
 * The settings of scrubbing in the anchor store {@code memory}.
 *
 * @param scrub whether to remove personal data from texts
 * @param scrubRules the names of the rules
 * @param scrubOptions the settings of rules of extensions
 * @param scrubActions the actions by kind of item
 * @param scrubKey the key for pseudonyms
 * @param scrubKeyFile the file with the key for pseudonyms
 */
public record ScrubSettings(
        @Setting(defaultValue = "true", description = "Whether personal data is removed from texts.")
        boolean scrub,

        @Setting(
                defaultValue = "built-in",
                description =
                        "Scrub rules in use: built-in for email, ip, iban, card, phone and secret, or some of these, and rules of extensions.")
        List<String> scrubRules,

        @Setting(defaultValue = "", description = "Settings of the rules of extensions, each as RULE.SETTING=VALUE.")
        List<String> scrubOptions,

        @Setting(
                defaultValue = "",
                description =
                        "What happens to a kind of personal data: KIND=drop or KIND=pseudonym; others are masked.")
        List<String> scrubActions,

        @Setting(defaultValue = "", description = "Key of the pseudonyms, at least 16 characters; never printed.")
        Secret scrubKey,

        @Setting(defaultValue = "", description = "File that contains the key of the pseudonyms.")
        String scrubKeyFile) {}
