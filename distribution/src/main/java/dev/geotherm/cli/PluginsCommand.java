package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.geotherm.cli.terminal.TextTable;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code plugins}: lists every implementation that a profile can choose. */
@Command(
        name = "plugins",
        description = "List the implementations that a profile can choose, built in and from the plugin folder.",
        footer = {
            "",
            "A plugin is a jar, or a folder of jars, in the plugin folder. It runs with all rights of this command,",
            "so install only plugins that you trust.",
            GeothermCommand.ENVIRONMENT
        })
final class PluginsCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Environment environment = parent.environment();
        try (Plugins plugins = parent.plugins()) {
            Discovery discovery = Discovery.of(plugins);
            List<DiscoveredFactory> all = discovery.all();
            if (json) {
                ArrayNode array = Json.MAPPER.createArrayNode();
                all.forEach(found -> array.addObject()
                        .put("kind", found.kind().section())
                        .put("name", found.name())
                        .put("description", found.description())
                        .put("location", found.location()));
                discovery
                        .extensions()
                        .forEach(found -> array.addObject()
                                .put("kind", found.kind())
                                .put("name", found.name())
                                .put("description", found.description())
                                .put("location", found.location()));
                environment.out().println(Json.pretty(array));
            } else {
                TextTable table = new TextTable(environment.styledOut(), "kind", "name", "description", "from");
                all.forEach(found ->
                        table.row(found.kind().section(), found.name(), found.description(), shown(found.location())));
                discovery
                        .extensions()
                        .forEach(found ->
                                table.row(found.kind(), found.name(), found.description(), shown(found.location())));
                environment.out().print(table);
            }
            discovery.broken().forEach(broken -> environment.complain(broken.message()));
            return discovery.broken().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /** Returns a location, relative to the installation folder if it lies inside. */
    private String shown(String location) {
        Path home = parent.environment().home();
        return location.startsWith(home.toString())
                ? home.relativize(Path.of(location)).toString()
                : location;
    }
}
