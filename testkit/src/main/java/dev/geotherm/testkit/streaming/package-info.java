/** The contract that every implementation of ingestion pipelines passes. */
@NullMarked
package dev.geotherm.testkit.streaming;

import org.jspecify.annotations.NullMarked;
