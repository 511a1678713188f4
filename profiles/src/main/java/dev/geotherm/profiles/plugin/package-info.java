/** Discovery of component factories on the class path and in plugins, each plugin with its own class loader. */
@NullMarked
package dev.geotherm.profiles.plugin;

import org.jspecify.annotations.NullMarked;
