package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.SettingsException;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.engine.corpus.UnreadableFilesException;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.PluginException;
import dev.geotherm.profiles.plugin.Plugins;
import dev.geotherm.storage.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code geotherm}: its subcommands and their shared services. */
@Command(
        name = "geotherm",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        description = "Performance components for engines that keep knowledge as state.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:invalid command line, profile or setting",
            "3:out of memory; raise the limit, for example with GEOTHERM_OPTS=-Xmx2g",
            "4:diff --exit-code: something differs; compare --fail-if: a condition holds",
            "130, 143:terminated by a signal (INT, TERM)"
        },
        footer = GeothermCommand.ENVIRONMENT)
final class GeothermCommand implements Runnable {
    /** The footer of every command's help. A command with its own footer appends it. */
    static final String ENVIRONMENT = "%nEnvironment:%n"
            + "  JAVA_HOME           the Java to run on, 17 or newer%n"
            + "  GEOTHERM_OPTS       JVM options, such as -Xmx2g, -Xshare:off (no archive)%n"
            + "  GEOTHERM_PLUGINS    the plugin folder (default: plugins/ next to bin/)%n"
            + "  GEOTHERM_PROFILES   your profiles (default: ~/.config/geotherm/profiles)%n"
            + "  GEOTHERM_PROFILE    the profile to use without --profile%n"
            + "  GEOTHERM_SECTION_KEY  any setting: GEOTHERM_POOL_MAX_SIZE sets pool.maxSize%n"
            + "  XDG_CACHE_HOME      an archive of classes is kept here (default: ~/.cache)%n"
            + "  NO_COLOR            disables colours if set to any value";

    private static final List<Subcommand> SUBCOMMANDS = List.of(
            new Subcommand("run", RunCommand::new),
            new Subcommand("ingest", IngestCommand::new),
            new Subcommand("search", SearchCommand::new),
            new Subcommand("anchors", AnchorsCommand::new),
            new Subcommand("dead-letters", DeadLettersCommand::new),
            new Subcommand("forget", ForgetCommand::new),
            new Subcommand("verify", VerifyCommand::new),
            new Subcommand("export", ExportCommand::new),
            new Subcommand("import", ImportCommand::new),
            new Subcommand("compact", CompactCommand::new),
            new Subcommand("evaluate", EvaluateCommand::new),
            new Subcommand("compare", CompareCommand::new),
            new Subcommand("diff", DiffCommand::new),
            new Subcommand("patch", PatchCommand::new),
            new Subcommand("profile", ProfileCommand::new),
            new Subcommand("plugins", PluginsCommand::new),
            new Subcommand("doctor", DoctorCommand::new));

    private static final Set<String> VERSION = Set.of("-V", "--version");
    private static final int NARROWEST_HELP = 55; // picocli's minimum

    private final Environment environment;
    private final Set<String> warned = new HashSet<>();
    private @Nullable Path logFile;

    @Spec
    private CommandSpec spec;

    GeothermCommand(Environment environment) {
        this.environment = environment;
    }

    private record Subcommand(String name, Supplier<Object> command) {}

    /**
     * Returns the command line with its subcommands. If the arguments name a subcommand, only that one is added, because
     * reading the annotations of all subcommands would dominate the time of a short command.
     */
    static CommandLine withSubcommands(GeothermCommand command, String... arguments) {
        CommandLine line = new CommandLine(command);
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean known = SUBCOMMANDS.stream().anyMatch(each -> each.name().equals(first));
        for (Subcommand each : SUBCOMMANDS) {
            if (!known || each.name().equals(first)) {
                line.addSubcommand(each.name(), each.command().get());
            }
        }
        if (!known) {
            line.addSubcommand(new AutoComplete.GenerateCompletion()); // covers all subcommands
        }
        return line;
    }

    /** Runs the command and returns its exit code. Failures are printed as messages. */
    static int execute(Environment environment, String... arguments) {
        int code = arguments.length == 1 && VERSION.contains(arguments[0])
                ? version(environment)
                : commandLine(environment, arguments).execute(arguments);
        IOException failure = environment.out().failure();
        if (failure != null) {
            environment.complain("cannot write to stdout: " + FailureReason.of(failure));
        }
        environment.err().flush();
        return failure != null && code == ExitCode.DONE ? ExitCode.FAILED : code;
    }

    /** Prints the version in picocli's format, in a tenth of picocli's time. */
    private static int version(Environment environment) {
        for (String line : new Version().getVersion()) {
            environment.out().println(line);
        }
        return ExitCode.DONE;
    }

    private static CommandLine commandLine(Environment environment, String... arguments) {
        GeothermCommand command = new GeothermCommand(environment);
        CommandLine line = withSubcommands(command, arguments);
        line.setOut(environment.out());
        line.setErr(environment.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(environment.styledOut() ? Ansi.ON : Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(Math.max(NARROWEST_HELP, environment.columns()));
        line.setParameterExceptionHandler((wrong, given) -> usage(wrong, environment));
        line.setExecutionExceptionHandler((failure, where, parsed) -> failed(failure, command));
        return line;
    }

    private static int usage(ParameterException wrong, Environment environment) {
        environment.complain(String.valueOf(wrong.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, environment.err());
        environment
                .err()
                .println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, GeothermCommand command) throws Exception {
        Environment environment = command.environment;
        if (failure instanceof CancellationException) {
            return ExitCode.FAILED; // the shutdown hook prints a message; the JVM exits with the signal's code
        }
        if (failure instanceof SettingsException settings) {
            environment.complain("the configuration is not valid:");
            settings.problems().forEach(problem -> environment.detail(problem.toString()));
            return ExitCode.USAGE;
        }
        if (failure instanceof UnreadableFilesException unreadable) {
            environment.complain(
                    unreadable.problems().size() + " files cannot be read; --skip-unreadable leaves them out:");
            unreadable.problems().forEach(environment::detail);
            return ExitCode.FAILED;
        }
        if (failure instanceof GeothermException || failure instanceof DeltaException) {
            environment.complain(String.valueOf(failure.getMessage()));
            if (FailureReason.isFullDisk(failure)) {
                environment.detail("free some space on that disk, then run the same command again");
            }
            return ExitCode.FAILED;
        }
        Path log = command.logFile;
        if (log != null) {
            environment.complain("internal error: " + failure + "; please report it with " + log);
            return ExitCode.FAILED;
        }
        environment.complain("internal error; please report it with this stack trace:");
        throw failure;
    }

    @Override
    public void run() {
        throw missingCommand(spec);
    }

    /** Returns the exception for a command line without a subcommand; its message lists the subcommands. */
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

    /** Sets the log file that messages about internal errors name. */
    void logFile(Path file) {
        logFile = file;
    }

    Environment environment() {
        return environment;
    }

    /** Returns the built-in and the user's profiles. */
    Profiles profiles() {
        return environment.hasProfileFolder()
                ? Profiles.builtIn().withFolder(environment.profileFolder())
                : Profiles.builtIn();
    }

    /** Returns the plugins; the caller closes them. */
    Plugins plugins() {
        Plugins plugins = environment.hasPluginFolder() ? Plugins.open(environment.pluginFolder()) : Plugins.none();
        if (!plugins.loaders().isEmpty()) {
            PluginExit.watch(environment);
        }
        return plugins;
    }

    /** Prints a warning, at most once per command. */
    private void warn(String warning) {
        if (warned.add(warning)) {
            environment.complain("warning: " + warning);
        }
    }

    /**
     * Binds a profile, and prints a warning for each skipped plugin and each unknown variable.
     *
     * @param sets the values of {@code --set}, each {@code key=value}
     * @throws ParameterException if there is no such profile
     * @throws SettingsException if the profile, or a source that overrides it, is invalid
     */
    Configuration configuration(String profile, List<String> sets, Plugins plugins) {
        Discovery discovery = Discovery.of(plugins);
        try {
            Configuration configuration =
                    Configuration.bind(profiles(), profile, Overrides.of(environment.variables(), sets), discovery);
            discovery.broken().forEach(broken -> warn(broken.message()));
            configuration.warnings().forEach(this::warn);
            return configuration;
        } catch (SettingsException | PluginException known) {
            throw known;
        } catch (GeothermException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** Returns the name of the profile: from the option, else from the environment, else the default. */
    String profileName(String option) {
        return !option.isEmpty() ? option : environment.variables().getOrDefault("GEOTHERM_PROFILE", "balanced");
    }
}
