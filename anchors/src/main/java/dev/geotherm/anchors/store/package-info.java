/**
 * The in-memory anchor store: life cycle of anchors, lookups, clusters, tracked state. Exported: the factory and its
 * settings.
 */
@NullMarked
package dev.geotherm.anchors.store;

import org.jspecify.annotations.NullMarked;
