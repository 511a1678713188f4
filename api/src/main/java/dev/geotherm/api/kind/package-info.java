/** The kinds of component that a platform is made of. */
@NullMarked
package dev.geotherm.api.kind;

import org.jspecify.annotations.NullMarked;
