package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.cli.terminal.ProgressLine;
import dev.geotherm.engine.Cancellation;
import dev.geotherm.engine.Knowledge;
import dev.geotherm.engine.KnowledgeFolder;
import dev.geotherm.engine.Progress;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.plugin.Plugins;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that work on a knowledge folder, and the code that opens its engine. */
final class KnowledgeOptions {
    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "",
            description = "The name of a profile, or the path of a .yaml file. Default: GEOTHERM_PROFILE, or balanced.")
    private String profile;

    @Mixin
    private SetOption set;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not print progress to stderr.")
    private boolean quiet;

    /** The work that a command does with an open engine. */
    @FunctionalInterface
    interface Work {
        /** Does the work, and returns the exit code. */
        int run(Knowledge knowledge, Progress progress, Cancellation cancellation) throws Exception;
    }

    boolean json() {
        return json;
    }

    ProgressLine progress(Environment environment) {
        return new ProgressLine(environment.err(), environment.errIsTerminal(), environment.columns(), quiet);
    }

    /**
     * Opens the knowledge in a folder, does the work, and closes the knowledge.
     *
     * @param create whether to create knowledge in a folder without any; otherwise such a folder is refused
     */
    int with(GeothermCommand parent, Path path, boolean create, Work work) throws Exception {
        try (Plugins plugins = parent.plugins()) {
            return with(parent, plugins, path, create, work);
        }
    }

    /** Does the same as {@link #with(GeothermCommand, Path, boolean, Work)}, with plugins that the caller closes. */
    int with(GeothermCommand parent, Plugins plugins, Path path, boolean create, Work work) throws Exception {
        if (!create && !KnowledgeFolder.holdsKnowledge(path)) {
            throw new GeothermException(
                    path + " holds no knowledge; 'geotherm ingest SOURCE --into " + path + "' creates it");
        }
        Environment environment = parent.environment();
        Configuration configuration = parent.configuration(parent.profileName(profile), set.values(), plugins);
        // The signal is closed last, because the JVM may end as soon as it is closed.
        try (StopSignal signal = new StopSignal(
                        () -> environment.complain("stopped before the end; the same command continues from there"));
                KnowledgeFolder folder = KnowledgeFolder.open(path);
                RunLog log = new RunLog(folder.file("geotherm.log"), configuration);
                ProgressLine progress = progress(environment)) {
            parent.logFile(folder.file("geotherm.log"));
            try (Platform platform = Platform.start(configuration, folder.work().resolve("components"));
                    Knowledge knowledge = Knowledge.open(platform, folder)) {
                int code = work.run(knowledge, progress, signal);
                signal.complete();
                return code;
            } catch (CancellationException stopped) {
                throw stopped;
            } catch (Exception failure) { // rethrown
                log.failed(failure);
                throw failure;
            }
        }
    }
}
