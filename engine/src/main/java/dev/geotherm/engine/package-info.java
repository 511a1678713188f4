/** The knowledge engine over the components: ingestion, state, upkeep, search, evaluation, and the main job. */
@NullMarked
package dev.geotherm.engine;

import org.jspecify.annotations.NullMarked;
