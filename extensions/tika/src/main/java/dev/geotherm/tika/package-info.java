/** File formats that Apache Tika reads: PDF and office documents. */
@NullMarked
package dev.geotherm.tika;

import org.jspecify.annotations.NullMarked;
