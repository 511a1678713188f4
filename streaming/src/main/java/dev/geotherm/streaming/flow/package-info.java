/** Ingestion pipelines as subscribers and processors of the JDK's {@link java.util.concurrent.Flow}, which is Reactive Streams. */
@NullMarked
package dev.geotherm.streaming.flow;

import org.jspecify.annotations.NullMarked;
