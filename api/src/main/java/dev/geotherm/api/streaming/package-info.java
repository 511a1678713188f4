/** Streaming ingestion: bounded pipelines that process fragments by priority and in batches, and lose none. */
@NullMarked
package dev.geotherm.api.streaming;

import org.jspecify.annotations.NullMarked;
