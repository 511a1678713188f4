/**
 * What pipelines keep on disk: fragments that were accepted and have no outcome, and dead letters. Not exported: its types are public
 * for the pipelines only.
 */
@NullMarked
package dev.geotherm.streaming.journal;

import org.jspecify.annotations.NullMarked;
