/** Telemetry: samples of the components' metrics, kept for a limited time and exported to a file. */
@NullMarked
package dev.geotherm.profiles.telemetry;

import org.jspecify.annotations.NullMarked;
