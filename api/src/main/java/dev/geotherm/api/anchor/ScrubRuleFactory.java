package dev.geotherm.api.anchor;

import dev.geotherm.api.Extension;

/**
 * A factory of {@link ScrubRule}s, chosen by the setting {@code anchors.scrubRules} of the anchor store {@code memory}. Its name
 * is the kind of personal data that its rule finds, and becomes the mark: {@code badge} replaces an item by {@code [badge]}.
 *
 * @param <S> the settings record
 */
public interface ScrubRuleFactory<S extends Record> extends Extension<S> {

    /**
     * Creates a rule.
     *
     * @param settings valid settings, of the type that {@link #settings()} returns
     * @throws dev.geotherm.api.GeothermException if the environment prevents it, with a message that a user can act on
     */
    ScrubRule create(S settings);
}
