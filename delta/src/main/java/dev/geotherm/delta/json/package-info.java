/** What Geotherm's modules share about JSON texts. It is exported to them only, and can change in any version. */
@NullMarked
package dev.geotherm.delta.json;

import org.jspecify.annotations.NullMarked;
