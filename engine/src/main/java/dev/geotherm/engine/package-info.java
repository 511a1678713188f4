/**
 * The knowledge engine over the components of a platform: ingestion, state, upkeep, search, evaluation, and the main job.
 */
@NullMarked
package dev.geotherm.engine;

import org.jspecify.annotations.NullMarked;
