/**
 * The comparison of two runs over the same judgements: differences with confidence intervals, significance tests and quality
 * gates.
 */
@NullMarked
package dev.geotherm.batch.comparison;

import org.jspecify.annotations.NullMarked;
