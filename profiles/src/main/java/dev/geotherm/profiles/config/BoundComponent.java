package dev.geotherm.profiles.config;

import dev.geotherm.profiles.plugin.DiscoveredFactory;

/**
 * The implementation of one kind that a profile chose, with its settings.
 *
 * @param discovered the factory
 * @param settings a record of the type that the factory names
 */
record BoundComponent(DiscoveredFactory discovered, Record settings) {}
