package dev.geotherm.diff.compare;

import dev.geotherm.delta.Pointer;

/**
 * An array whose elements a comparison identified by a member that it found by itself.
 *
 * @param path the path of the array
 * @param key the member, or a member of a member such as {@code metadata.name}
 */
record MatchedArray(Pointer path, String key) {}
