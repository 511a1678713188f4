/**
 * The contracts that every implementation of an SPI passes, as JUnit 5 classes to extend, and the tools they share.
 *
 * <p>One package below this one holds the contracts of each kind of component; {@link ComponentFactoryContract} is what
 * all kinds have in common.
 */
@NullMarked
package dev.geotherm.testkit;

import org.jspecify.annotations.NullMarked;
