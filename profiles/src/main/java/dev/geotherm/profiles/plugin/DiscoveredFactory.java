package dev.geotherm.profiles.plugin;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;

/**
 * A component factory with its location.
 *
 * @param kind the kind of component that it creates
 * @param name the name by which profiles choose it
 * @param description one sentence for users
 * @param location the jar or folder from which it was loaded
 * @param factory the factory itself
 */
public record DiscoveredFactory(
        ComponentKind kind, String name, String description, String location, ComponentFactory<?, ?> factory) {}
