package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Problem;
import dev.geotherm.api.SettingsException;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.cli.terminal.TextTable;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.EffectiveSetting;
import dev.geotherm.profiles.config.Profile;
import dev.geotherm.profiles.plugin.Plugins;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code profile}: lists, shows and validates profiles. */
@Command(name = "profile", description = "List, show and validate profiles.", synopsisSubcommandLabel = "COMMAND")
final class ProfileCommand implements Runnable {
    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw GeothermCommand.missingCommand(spec);
    }

    @Command(name = "list", description = "List the built-in profiles and your own.")
    int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
        List<Profile> profiles = parent.profiles().all();
        PrintWriter out = parent.environment().out();
        if (json) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            profiles.forEach(profile -> array.add(describe(profile)));
            out.println(Json.pretty(array));
            return ExitCode.DONE;
        }
        TextTable table =
                new TextTable(parent.environment().styledOut(), "profile", "extends", "focus", "description", "from");
        profiles.forEach(profile -> table.row(
                profile.name(),
                profile.parent() == null ? "" : profile.parent(),
                focus(profile),
                profile.description(),
                profile.origin()));
        out.print(table);
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Show every effective setting of a profile, and its source.",
            footer = {"%nThe source 'default' means the default value of the component.", GeothermCommand.ENVIRONMENT})
    int show(
            @Parameters(paramLabel = "PROFILE", description = "The name of a profile, or the path of a .yaml file.")
                    String name,
            @Mixin SetOption set,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        try (Plugins plugins = parent.plugins()) {
            Configuration configuration = parent.configuration(name, set.values(), plugins);
            PrintWriter out = parent.environment().out();
            if (json) {
                ObjectNode shown = describe(configuration.profile());
                ArrayNode settings = shown.putArray("settings");
                configuration.settings().forEach(setting -> settings.add(describe(setting)));
                out.println(Json.pretty(shown));
            } else {
                TextTable table =
                        new TextTable(parent.environment().styledOut(), "setting", "value", "source", "description");
                configuration
                        .settings()
                        .forEach(setting ->
                                table.row(setting.key(), setting.value(), setting.origin(), setting.description()));
                out.print(table);
            }
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "validate",
            description = "Validate profiles: report every problem, start nothing.",
            footer = {"%nWithout PROFILE, all profiles are validated.", GeothermCommand.ENVIRONMENT})
    int validate(
            @Parameters(
                            paramLabel = "PROFILE",
                            arity = "0..*",
                            description = "Names of profiles, or paths of .yaml files.")
                    List<String> names,
            @Mixin SetOption set) {
        int code = ExitCode.DONE;
        try (Plugins plugins = parent.plugins()) {
            List<String> all = names == null
                    ? parent.profiles().all().stream().map(Profile::name).toList()
                    : names;
            for (String name : all) {
                try {
                    parent.configuration(name, set.values(), plugins);
                    parent.environment().out().println(TerminalText.safe(name) + ": valid");
                } catch (GeothermException | ParameterException wrong) {
                    parent.environment().out().println(TerminalText.safe(name) + ": not valid");
                    problems(wrong).forEach(parent.environment()::detail);
                    code = ExitCode.USAGE;
                }
            }
        }
        return code;
    }

    private static List<String> problems(RuntimeException wrong) {
        return wrong instanceof SettingsException several
                ? several.problems().stream().map(Problem::toString).toList()
                : List.of(String.valueOf(wrong.getMessage()));
    }

    private static ObjectNode describe(Profile profile) {
        return Json.MAPPER
                .createObjectNode()
                .put("name", profile.name())
                .put("extends", profile.parent())
                .put("focus", focus(profile))
                .put("description", profile.description())
                .put("origin", profile.origin());
    }

    private static ObjectNode describe(EffectiveSetting setting) {
        return Json.MAPPER
                .createObjectNode()
                .put("key", setting.key())
                .put("value", setting.value())
                .put("origin", setting.origin())
                .put("defaultValue", setting.defaultValue())
                .put("description", setting.description());
    }

    private static String focus(Profile profile) {
        return profile.focus().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
