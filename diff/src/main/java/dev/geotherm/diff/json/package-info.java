/**
 * Properties of JSON values: limits, size, digits, validity.
 *
 * <p>Internal: types are public for the other packages of this module only.
 */
@NullMarked
package dev.geotherm.diff.json;

import org.jspecify.annotations.NullMarked;
