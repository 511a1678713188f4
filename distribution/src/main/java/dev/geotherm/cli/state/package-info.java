/** Input, output and readable forms of states and deltas. */
@NullMarked
package dev.geotherm.cli.state;

import org.jspecify.annotations.NullMarked;
