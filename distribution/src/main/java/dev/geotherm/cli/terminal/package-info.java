/** Text for terminals: tables, progress, units, widths and escapes. */
@NullMarked
package dev.geotherm.cli.terminal;

import org.jspecify.annotations.NullMarked;
