package dev.geotherm.profiles.plugin;

/**
 * A plugin, or one of its implementations, that is omitted because it cannot be loaded. The others are not affected.
 *
 * @param location the jar or folder
 * @param message one sentence for users, which names the location
 */
public record BrokenPlugin(String location, String message) {}
