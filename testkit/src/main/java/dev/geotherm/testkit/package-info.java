/**
 * Contracts that every implementation of an SPI passes, as JUnit 5 classes to extend, and tools for their tests.
 *
 * <p>Each kind of component has a package below this one; {@link ComponentFactoryContract} is for all kinds.
 */
@NullMarked
package dev.geotherm.testkit;

import org.jspecify.annotations.NullMarked;
