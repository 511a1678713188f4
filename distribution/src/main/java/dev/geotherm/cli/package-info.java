/** The {@code geotherm} command. */
@NullMarked
package dev.geotherm.cli;

import org.jspecify.annotations.NullMarked;
