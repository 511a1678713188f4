/**
 * Comparison of JSON trees: rules, equality, alignment of arrays, and the weight of the changes found.
 *
 * <p>Internal: types are public only for the other packages of this module.
 */
@NullMarked
package dev.geotherm.diff.compare;

import org.jspecify.annotations.NullMarked;
