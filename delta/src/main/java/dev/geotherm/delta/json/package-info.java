/** JSON utilities that Geotherm's modules share. The package is exported only to them and can change in any version. */
@NullMarked
package dev.geotherm.delta.json;

import org.jspecify.annotations.NullMarked;
