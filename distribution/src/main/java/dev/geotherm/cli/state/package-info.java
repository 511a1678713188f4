/** States and deltas in files: read, shown and written. */
@NullMarked
package dev.geotherm.cli.state;

import org.jspecify.annotations.NullMarked;
