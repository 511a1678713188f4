/**
 * Ingestion pipelines as Reactive Streams subscribers and processors, with the interfaces of {@link java.util.concurrent.Flow}.
 */
@NullMarked
package dev.geotherm.streaming.flow;

import org.jspecify.annotations.NullMarked;
