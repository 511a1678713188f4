/**
 * Crash-safe files: atomic replacement, durable moves, folder locks and bounded retention.
 *
 * <p>Unless its Javadoc says otherwise, the effect of a method survives a power failure once it has returned. Failures
 * are {@link java.io.IOException}s; their messages name the file. This package does not log.
 */
@NullMarked
package dev.geotherm.storage;

import org.jspecify.annotations.NullMarked;
