package dev.geotherm.profiles.plugin;

import dev.geotherm.api.GeothermException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown if an implementation is not found but may belong to an omitted plugin; the message lists these plugins with
 * the reasons.
 */
public final class PluginException extends GeothermException {
    private static final long serialVersionUID = 1L;

    PluginException(String message, List<BrokenPlugin> broken) {
        super(message + "; skipped: "
                + broken.stream().map(BrokenPlugin::message).collect(Collectors.joining("; ")));
    }
}
