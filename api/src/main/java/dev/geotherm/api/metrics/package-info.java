/** Metrics as records that declare themselves, and what reads them. */
@NullMarked
package dev.geotherm.api.metrics;

import org.jspecify.annotations.NullMarked;
