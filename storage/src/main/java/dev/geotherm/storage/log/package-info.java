/**
 * An append-only log in segment files: framed, checksummed, forced to disk in groups, recovered after a crash.
 *
 * <p>{@link dev.geotherm.storage.log.AppendLog} describes the guarantees and the file format.
 */
@NullMarked
package dev.geotherm.storage.log;

import org.jspecify.annotations.NullMarked;
