/** The contract of ingestion pipelines. */
@NullMarked
package dev.geotherm.testkit.streaming;

import org.jspecify.annotations.NullMarked;
