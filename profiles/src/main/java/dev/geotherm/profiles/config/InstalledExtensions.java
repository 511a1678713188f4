package dev.geotherm.profiles.config;

import dev.geotherm.api.Extension;
import dev.geotherm.api.Extensions;
import dev.geotherm.profiles.plugin.DiscoveredExtension;
import java.util.List;

/**
 * The discovered extensions.
 *
 * @param all the extensions of all interfaces
 */
record InstalledExtensions(List<DiscoveredExtension> all) implements Extensions {

    @Override
    public <E extends Extension<?>> List<E> of(Class<E> type) {
        return all.stream()
                .map(DiscoveredExtension::extension)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
