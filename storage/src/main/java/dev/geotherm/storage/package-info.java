/**
 * Crash-safe files: atomic replacement, durable moves, folder locks and bounded retention.
 *
 * <p>What a method has done when it returns survives the end of the process and, unless its Javadoc says otherwise, a
 * loss of power. Failures are {@link java.io.IOException}s whose messages name the file. Nothing here logs.
 */
@NullMarked
package dev.geotherm.storage;

import org.jspecify.annotations.NullMarked;
