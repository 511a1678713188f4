/** Rate limits of services, which everything that calls the same service shares. */
@NullMarked
package dev.geotherm.api.limit;

import org.jspecify.annotations.NullMarked;
