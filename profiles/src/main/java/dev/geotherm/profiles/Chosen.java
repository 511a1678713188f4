package dev.geotherm.profiles;

/**
 * The implementation of one kind that a profile chose, with its settings.
 *
 * @param discovered the factory
 * @param settings a record of the type that the factory names
 */
record Chosen(Discovered discovered, Record settings) {}
