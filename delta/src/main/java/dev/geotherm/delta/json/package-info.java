/** JSON utilities that Geotherm's modules share. The package is exported to them only, and can change in any version. */
@NullMarked
package dev.geotherm.delta.json;

import org.jspecify.annotations.NullMarked;
