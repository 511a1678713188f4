/** Streaming ingestion: fragments go through bounded pipelines, by priority, in batches, and none is lost. */
@NullMarked
package dev.geotherm.api.streaming;

import org.jspecify.annotations.NullMarked;
