/** The comparison of two runs over the same judgements: differences with their uncertainty, tests of significance, and gates. */
@NullMarked
package dev.geotherm.batch.comparison;

import org.jspecify.annotations.NullMarked;
