/**
 * From a profile file to a running platform: profiles are read, factories discovered, settings bound, and one component of
 * each kind is created, watched and closed.
 */
@NullMarked
package dev.geotherm.profiles;

import org.jspecify.annotations.NullMarked;
