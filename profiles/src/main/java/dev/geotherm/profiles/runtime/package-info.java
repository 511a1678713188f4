/** The running platform: its components, their handles, and the module that binds them for an injector. */
@NullMarked
package dev.geotherm.profiles.runtime;

import org.jspecify.annotations.NullMarked;
