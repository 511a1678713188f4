/**
 * A write-ahead log with segments, checksums, group commit and recovery.
 *
 * <p>{@link dev.geotherm.storage.log.AppendLog} documents guarantees and format.
 */
@NullMarked
package dev.geotherm.storage.log;

import org.jspecify.annotations.NullMarked;
