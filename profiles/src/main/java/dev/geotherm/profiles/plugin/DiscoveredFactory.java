package dev.geotherm.profiles.plugin;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;

/**
 * A component factory with its location.
 *
 * @param kind what it makes
 * @param name the name by which profiles choose it
 * @param description one sentence for people
 * @param location the jar or folder that it came from
 * @param factory the factory itself
 */
public record DiscoveredFactory(
        ComponentKind kind, String name, String description, String location, ComponentFactory<?, ?> factory) {}
