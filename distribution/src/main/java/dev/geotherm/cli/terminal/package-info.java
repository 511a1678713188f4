/** Text for terminals: tables, progress, units, widths and escaping. */
@NullMarked
package dev.geotherm.cli.terminal;

import org.jspecify.annotations.NullMarked;
