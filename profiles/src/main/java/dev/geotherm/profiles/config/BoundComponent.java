package dev.geotherm.profiles.config;

import dev.geotherm.profiles.plugin.DiscoveredFactory;

/**
 * The implementation of one kind of component that a profile chooses, with its settings.
 *
 * @param discovered the factory
 * @param settings the settings record, of the type that the factory declares
 * @param instances the settings of named instances, checked together with those of the component
 */
record BoundComponent(DiscoveredFactory discovered, Record settings, InstanceSettings instances) {}
