/**
 * Configuration: profile files, their inheritance, overrides, and the binding of settings, each with its source.
 */
@NullMarked
package dev.geotherm.profiles.config;

import org.jspecify.annotations.NullMarked;
