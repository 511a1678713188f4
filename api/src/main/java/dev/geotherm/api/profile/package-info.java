/** Profiles: named sets of settings that choose and tune every component of a platform. */
@NullMarked
package dev.geotherm.api.profile;

import org.jspecify.annotations.NullMarked;
