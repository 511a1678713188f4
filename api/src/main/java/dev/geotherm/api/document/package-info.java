/** File formats of documents. */
@NullMarked
package dev.geotherm.api.document;

import org.jspecify.annotations.NullMarked;
