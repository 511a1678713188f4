/** State diff on JSON trees: the implementation {@code tree}, its tracked states, codec and context caches. */
@NullMarked
package dev.geotherm.diff;

import org.jspecify.annotations.NullMarked;
