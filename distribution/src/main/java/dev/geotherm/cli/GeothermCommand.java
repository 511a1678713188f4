package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.SettingsException;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code geotherm}: its sub-commands, and what they share. */
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
            "3:out of memory; give more with GEOTHERM_OPTS=-Xmx2g or the like",
            "130, 143:ended by a signal (INT, TERM)"
        },
        footer = GeothermCommand.ENVIRONMENT)
final class GeothermCommand implements Runnable {
    /** The end of every command's help. A command with a footer of its own appends this: footers are not joined. */
    static final String ENVIRONMENT = "%nEnvironment:%n"
            + "  JAVA_HOME           the Java to run on, 17 or newer%n"
            + "  GEOTHERM_OPTS       options for the JVM, such as -Xmx2g%n"
            + "  GEOTHERM_PLUGINS    the folder of plugins (else plugins/ beside bin/)%n"
            + "  GEOTHERM_PROFILES   your profiles (else ~/.config/geotherm/profiles)%n"
            + "  GEOTHERM_PROFILE    the profile to use where --profile is not given%n"
            + "  GEOTHERM_POOL_MAX_SIZE and the like: any setting, here pool.maxSize%n"
            + "  NO_COLOR            set to anything: no colours";

    private final Environment environment;
    private @Nullable Path logFile;

    @Spec
    private CommandSpec spec;

    GeothermCommand(Environment environment) {
        this.environment = environment;
    }

    /** Runs the command and returns its exit code; failures are printed as messages. */
    static int execute(Environment environment, String... arguments) {
        GeothermCommand command = new GeothermCommand(environment);
        CommandLine line = new CommandLine(command);
        Ansi ansi = environment.styledOut() ? Ansi.ON : Ansi.OFF;
        line.setOut(environment.out());
        line.setErr(environment.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((wrong, given) -> usage(wrong, environment));
        line.setExecutionExceptionHandler((failure, where, parsed) -> failed(failure, command));
        int code = line.execute(arguments);
        environment.out().flush();
        environment.err().flush();
        return code;
    }

    private static int usage(ParameterException wrong, Environment environment) {
        environment.err().println("geotherm: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, environment.err());
        environment
                .err()
                .println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, GeothermCommand command) throws Exception {
        Environment environment = command.environment;
        if (failure instanceof CancellationException) {
            return ExitCode.FAILED; // a signal's hook says so; the JVM ends with the signal's code
        }
        if (failure instanceof SettingsException settings) {
            environment.err().println("geotherm: the configuration is wrong:");
            settings.problems().forEach(problem -> environment.err().println("  " + problem));
            return ExitCode.USAGE;
        }
        if (failure instanceof GeothermException || failure instanceof DeltaException) {
            environment.err().println("geotherm: " + failure.getMessage());
            return ExitCode.FAILED;
        }
        Path log = command.logFile;
        if (log != null) {
            environment.err().println("geotherm: internal error: " + failure + "; please report it with " + log);
            return ExitCode.FAILED;
        }
        environment.err().println("geotherm: internal error; please report it with these lines:");
        throw failure;
    }

    @Override
    public void run() {
        throw missingCommand(spec);
    }

    /** Returns the failure of a command line without a sub-command; it names those that exist. */
    static ParameterException missingCommand(CommandSpec spec) {
        List<String> names = spec.subcommands().entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
        return new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", names.subList(0, names.size() - 1)) + " or "
                        + names.get(names.size() - 1));
    }

    /** Says where the log of the running command is, for a message about an internal error. */
    void logFile(Path file) {
        logFile = file;
    }

    Environment environment() {
        return environment;
    }

    /** Returns the built-in profiles and the user's. */
    Profiles profiles() {
        return environment.hasProfileFolder()
                ? Profiles.builtIn().withFolder(environment.profileFolder())
                : Profiles.builtIn();
    }

    /** Returns the plugins; to be closed. */
    Plugins plugins() {
        return environment.hasPluginFolder() ? Plugins.open(environment.pluginFolder()) : Plugins.none();
    }

    /**
     * Binds a profile.
     *
     * @param sets the values of {@code --set}, each {@code key=value}
     * @throws ParameterException if there is no such profile
     * @throws SettingsException if anything in it, or in a source that outranks it, is wrong
     */
    Configuration configuration(String profile, List<String> sets, Plugins plugins) {
        Discovery discovery = Discovery.of(plugins);
        try {
            return Configuration.bind(profiles(), profile, Overrides.of(environment.variables(), sets), discovery);
        } catch (SettingsException several) {
            throw several;
        } catch (GeothermException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** Returns the name of the profile: that of the option, else of the environment, else the default. */
    String profileName(String option) {
        return !option.isEmpty() ? option : environment.variables().getOrDefault("GEOTHERM_PROFILE", "balanced");
    }
}
