/** Formats of files that Apache Tika reads: PDF and documents of office programs. */
@NullMarked
package dev.geotherm.tika;

import org.jspecify.annotations.NullMarked;
