/**
 * Properties of JSON values: limits, size, digits, validity.
 *
 * <p>Internal: types are public only for the other packages of this module.
 */
@NullMarked
package dev.geotherm.diff.json;

import org.jspecify.annotations.NullMarked;
