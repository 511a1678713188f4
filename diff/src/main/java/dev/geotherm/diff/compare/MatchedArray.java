package dev.geotherm.diff.compare;

import dev.geotherm.delta.Pointer;

/**
 * An array in which a comparison identified the elements by an inferred member.
 *
 * @param path the path of the array
 * @param key the member, or a member of a member such as {@code metadata.name}
 */
record MatchedArray(Pointer path, String key) {}
