/**
 * The service-provider interface of Geotherm: how components are named, discovered, configured, created and closed.
 *
 * <p>Each kind of component has a package below this one. The types of this package depend only on the JDK, Jackson's
 * databind (a state <em>is</em> a {@code JsonNode}) and JSpecify's annotations.
 */
@NullMarked
package dev.geotherm.api;

import org.jspecify.annotations.NullMarked;
