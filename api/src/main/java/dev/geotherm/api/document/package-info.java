/** Formats of files that are documents. */
@NullMarked
package dev.geotherm.api.document;

import org.jspecify.annotations.NullMarked;
