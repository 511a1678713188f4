package dev.geotherm.profiles.plugin;

import dev.geotherm.api.Extension;

/**
 * An extension of a component with its location.
 *
 * @param kind the kind of extension, for users: {@code scrub rule}
 * @param name the name by which settings choose it
 * @param description one sentence for users
 * @param location the jar or folder from which it was loaded
 * @param extension the extension itself
 */
public record DiscoveredExtension(
        String kind, String name, String description, String location, Extension<?> extension) {}
