/** The kinds of component that make up a platform. */
@NullMarked
package dev.geotherm.api.kind;

import org.jspecify.annotations.NullMarked;
