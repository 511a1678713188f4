package dev.geotherm.profiles.plugin;

import dev.geotherm.api.GeothermException;
import java.util.List;
import java.util.stream.Collectors;

/** The failure to find an implementation while plugins are left out that may have it; the message names each and why. */
public final class PluginException extends GeothermException {
    private static final long serialVersionUID = 1L;

    PluginException(String message, List<BrokenPlugin> broken) {
        super(message + "; left out: "
                + broken.stream().map(BrokenPlugin::message).collect(Collectors.joining("; ")));
    }
}
