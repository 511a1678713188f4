/** The anchor store in memory: life cycle of the anchors, lookups, clusters, tracked state. Exported: the factory and its settings. */
@NullMarked
package dev.geotherm.anchors.store;

import org.jspecify.annotations.NullMarked;
