/** Metrics: records with declared components, and a reader for them. */
@NullMarked
package dev.geotherm.api.metrics;

import org.jspecify.annotations.NullMarked;
