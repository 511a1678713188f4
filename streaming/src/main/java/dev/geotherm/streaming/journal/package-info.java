/**
 * The files of pipelines: accepted fragments without an outcome, and dead letters. Not exported: its types are public
 * for the pipelines only.
 */
@NullMarked
package dev.geotherm.streaming.journal;

import org.jspecify.annotations.NullMarked;
