/** Text for terminals: widths, escapes and alignment. */
@NullMarked
package dev.geotherm.cli.terminal;

import org.jspecify.annotations.NullMarked;
