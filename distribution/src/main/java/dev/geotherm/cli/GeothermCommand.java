package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.SettingsException;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: its sub-commands, and what they share. */
@Command(
        name = "geotherm",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        description = "Performance components for engines that keep knowledge as state.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            DiffCommand.class,
            PatchCommand.class,
            ProfileCommand.class,
            PluginsCommand.class,
            DoctorCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:the command line, a profile or a setting is wrong",
            "3:out of memory; give more by GEOTHERM_OPTS=-Xmx2g or the like",
            "130, 143:ended by a signal (INT, TERM)"
        },
        footer = GeothermCommand.ENVIRONMENT)
final class GeothermCommand implements Runnable {
    /** The end of every command's help. A command with a footer of its own puts this behind it: footers are not joined. */
    static final String ENVIRONMENT = "%nEnvironment:%n"
            + "  JAVA_HOME           the Java to run on, 17 or newer%n"
            + "  GEOTHERM_OPTS       options for the JVM, such as -Xmx2g%n"
            + "  GEOTHERM_PLUGINS    the folder of plugins (else plugins/ beside bin/)%n"
            + "  GEOTHERM_PROFILES   your profiles (else ~/.config/geotherm/profiles)%n"
            + "  GEOTHERM_PROFILE    the profile to use where --profile is not given%n"
            + "  GEOTHERM_POOL_MAX_SIZE and the like: any setting, here pool.maxSize%n"
            + "  NO_COLOR            set to anything: no colours";

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    GeothermCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs the command and returns its exit code; what went wrong is told in words. */
    static int execute(Surroundings surroundings, String... arguments) {
        CommandLine line = new CommandLine(new GeothermCommand(surroundings));
        Ansi ansi = surroundings.styledOut() ? Ansi.ON : Ansi.OFF;
        line.setOut(surroundings.out());
        line.setErr(surroundings.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((wrong, given) -> usage(wrong, surroundings));
        line.setExecutionExceptionHandler((failure, where, parsed) -> failed(failure, surroundings));
        int code = line.execute(arguments);
        surroundings.out().flush();
        surroundings.err().flush();
        return code;
    }

    private static int usage(ParameterException wrong, Surroundings surroundings) {
        surroundings.err().println("geotherm: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, surroundings.err());
        surroundings
                .err()
                .println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, Surroundings surroundings) throws Exception {
        if (failure instanceof CancellationException) {
            return ExitCode.FAILED; // by a signal, whose hook tells; the JVM ends with the signal's code
        }
        if (failure instanceof SettingsException settings) {
            surroundings.err().println("geotherm: the configuration is wrong:");
            settings.problems().forEach(problem -> surroundings.err().println("  " + problem));
            return ExitCode.USAGE;
        }
        if (failure instanceof GeothermException || failure instanceof DeltaException) {
            surroundings.err().println("geotherm: " + failure.getMessage());
            return ExitCode.FAILED;
        }
        surroundings.err().println("geotherm: this should not have happened: " + failure);
        throw failure;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: run, diff, patch, profile, plugins or doctor");
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Returns the built-in profiles and the user's. */
    Profiles profiles() {
        return surroundings.hasProfileFolder()
                ? Profiles.builtIn().withFolder(surroundings.profileFolder())
                : Profiles.builtIn();
    }

    /** Returns the plugins; to be closed. */
    Plugins plugins() {
        return surroundings.hasPluginFolder() ? Plugins.open(surroundings.pluginFolder()) : Plugins.none();
    }

    /**
     * Binds a profile.
     *
     * @param sets what {@code --set} says, each {@code key=value}
     * @throws ParameterException if there is no such profile
     * @throws SettingsException if anything in it, or in what outranks it, is wrong
     */
    Configuration configuration(String profile, List<String> sets, Plugins plugins) {
        Discovery discovery = Discovery.of(plugins);
        try {
            return Configuration.bind(profiles(), profile, Overrides.of(surroundings.environment(), sets), discovery);
        } catch (SettingsException several) {
            throw several;
        } catch (GeothermException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** Returns the profile that is asked for: by option, else by the environment, else the usual one. */
    String profileName(String option) {
        return !option.isEmpty() ? option : surroundings.environment().getOrDefault("GEOTHERM_PROFILE", "balanced");
    }
}
