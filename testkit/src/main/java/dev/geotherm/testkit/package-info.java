/**
 * The contracts of the SPI, as JUnit 5 classes to extend, and test utilities.
 *
 * <p>Each kind of component has its own package; {@link ComponentFactoryContract} applies to all kinds.
 */
@NullMarked
package dev.geotherm.testkit;

import org.jspecify.annotations.NullMarked;
