package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.profiles.config.Profile;
import dev.geotherm.profiles.plugin.BrokenPlugin;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The result of one check of the environment.
 *
 * @param check what was checked
 * @param good whether it passed
 * @param found the finding, or the problem and its remedy
 */
record Diagnosis(String check, boolean good, String found) {
    private static final Set<String> ASCII = Set.of("", "ANSI_X3.4-1968", "US-ASCII", "ASCII", "646");
    private static final long LITTLE_MEMORY = 256L << 20;

    static List<Diagnosis> all(GeothermCommand command) {
        Environment environment = command.environment();
        List<Diagnosis> all = new ArrayList<>();
        all.add(java());
        all.add(memory(Runtime.getRuntime().maxMemory()));
        all.add(new Diagnosis("processors", true, Runtime.getRuntime().availableProcessors() + " for this process"));
        all.add(fileNames(System.getProperty("sun.jnu.encoding", "")));
        all.add(of("temporary folder", () -> writable(Path.of(System.getProperty("java.io.tmpdir")))));
        all.add(of("plugins", () -> plugins(command)));
        all.add(of(
                "profile folder",
                () -> environment.hasProfileFolder()
                        ? environment.profileFolder().toString()
                        : "none at " + environment.profileFolder() + " (optional)"));
        all.add(of("profiles", () -> profiles(command)));
        all.add(of("WordNet 3.1", () -> Corpus.open("wordnet").name()));
        return all;
    }

    /** Runs a check, which passes unless it throws an exception. */
    private static Diagnosis of(String check, Supplier<String> found) {
        try {
            return new Diagnosis(check, true, found.get());
        } catch (GeothermException bad) {
            return new Diagnosis(check, false, String.valueOf(bad.getMessage()).replace(System.lineSeparator(), "; "));
        }
    }

    private static Diagnosis java() {
        int feature = Runtime.version().feature();
        return new Diagnosis(
                "Java",
                feature >= 17,
                Runtime.version() + " in " + System.getProperty("java.home")
                        + (feature >= 21 ? ", with virtual threads" : ""));
    }

    private static Diagnosis memory(long heap) {
        String found = (heap >> 20) + " MiB of heap";
        return heap >= LITTLE_MEMORY
                ? new Diagnosis("memory", true, found)
                : new Diagnosis("memory", false, found + "; raise the limit with GEOTHERM_OPTS=-Xmx1g");
    }

    /** Checks the encoding of file names: with a wrong one, different non-ASCII names would read the same. */
    static Diagnosis fileNames(String encoding) {
        boolean good = !ASCII.contains(encoding.toUpperCase(Locale.ROOT));
        return new Diagnosis(
                "names of files",
                good,
                good
                        ? encoding
                        : "read as " + encoding + ", so that names with other letters cannot be read; set LC_ALL to an"
                                + " installed locale of UTF-8, such as C.UTF-8 ('locale -a' lists them)");
    }

    private static String writable(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, "geotherm", ".doctor"));
            return folder + ", " + (Files.getFileStore(folder).getUsableSpace() >> 20) + " MiB free";
        } catch (IOException refused) {
            throw new GeothermException(
                    "cannot write to " + folder + "; choose another with GEOTHERM_OPTS=-Djava.io.tmpdir=…", refused);
        }
    }

    private static String plugins(GeothermCommand command) {
        try (Plugins plugins = command.plugins()) {
            Discovery discovery = Discovery.of(plugins);
            if (!discovery.broken().isEmpty()) {
                throw new GeothermException(
                        discovery.broken().stream().map(BrokenPlugin::message).collect(Collectors.joining("; ")));
            }
            return discovery.all().size() + " implementations, "
                    + plugins.loaders().size() + " plugins in "
                    + command.environment().pluginFolder();
        }
    }

    private static String profiles(GeothermCommand command) {
        try (Plugins plugins = command.plugins()) {
            List<String> names =
                    command.profiles().all().stream().map(Profile::name).toList();
            for (String name : names) {
                command.configuration(name, List.of(), plugins);
            }
            return String.join(", ", names) + ": valid";
        }
    }
}
