/**
 * The contracts of the SPI, as JUnit 5 classes to extend, and tools for tests.
 *
 * <p>Each kind of component has a package below this one; {@link ComponentFactoryContract} applies to all kinds.
 */
@NullMarked
package dev.geotherm.testkit;

import org.jspecify.annotations.NullMarked;
