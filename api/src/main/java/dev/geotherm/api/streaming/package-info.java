/** Streaming ingestion: bounded pipelines that process fragments by priority, in batches, without losing any. */
@NullMarked
package dev.geotherm.api.streaming;

import org.jspecify.annotations.NullMarked;
