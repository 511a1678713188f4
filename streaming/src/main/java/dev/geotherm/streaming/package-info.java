/** Ingestion pipelines in memory, with a lane for each priority. */
@NullMarked
package dev.geotherm.streaming;

import org.jspecify.annotations.NullMarked;
