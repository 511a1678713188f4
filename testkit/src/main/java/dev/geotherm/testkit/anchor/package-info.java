/** The contracts of embedders, anchor stores and retrievers. */
@NullMarked
package dev.geotherm.testkit.anchor;

import org.jspecify.annotations.NullMarked;
