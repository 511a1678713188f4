/** Discovery of component factories on the class path and in plugins, each plugin with a class loader of its own. */
@NullMarked
package dev.geotherm.profiles.plugin;

import org.jspecify.annotations.NullMarked;
