package dev.geotherm.profiles.config;

import dev.geotherm.profiles.plugin.DiscoveredFactory;

/**
 * The implementation of one kind of component that a profile chooses, with its settings.
 *
 * @param discovered the factory
 * @param settings a record of the type that the factory names
 * @param instances the settings of named instances, checked together with the component's
 */
record BoundComponent(DiscoveredFactory discovered, Record settings, InstanceSettings instances) {}
