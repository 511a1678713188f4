/**
 * The service-provider interface of Geotherm: how components are named, discovered, configured, created and closed.
 *
 * <p>One package below this one holds each kind of component. Types here depend on nothing but the JDK, Jackson's
 * databind (a state <em>is</em> a {@code JsonNode}) and JSpecify's annotations.
 */
@NullMarked
package dev.geotherm.api;

import org.jspecify.annotations.NullMarked;
