package dev.geotherm.profiles.config;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.NearestName;
import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.SettingsException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A repository of profiles: the built-in ones, and a user's folder of {@code NAME.yaml} files.
 *
 * <p>Immutable and thread-safe. Files are read on each call, so changes take effect.
 */
public final class Profiles {
    static final String BUILT_IN = "built in";
    private static final Set<String> BUILT_IN_NAMES = new TreeSet<>(List.of("dev", "balanced", "perf", "experiment"));

    private final @Nullable Path folder;

    private Profiles(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Returns the profiles {@code dev}, {@code balanced}, {@code perf} and {@code experiment}. */
    public static Profiles builtIn() {
        return new Profiles(null);
    }

    /**
     * Returns a copy with the profiles of a user's folder, which replaces any earlier folder.
     *
     * @throws GeothermException if the folder does not exist, or a file in it has the name of a built-in profile
     */
    public Profiles withFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new GeothermException("the profile folder does not exist: " + folder.toAbsolutePath());
        }
        Profiles more = new Profiles(folder.toAbsolutePath().normalize());
        more.files().forEach(Profiles::refuseShadowing);
        return more;
    }

    /**
     * Returns every profile, sorted by name.
     *
     * @throws SettingsException if files of the folder cannot be read; contains all problems of all files
     */
    public List<Profile> all() {
        Problems problems = new Problems();
        List<Profile> profiles = new ArrayList<>();
        for (String name : BUILT_IN_NAMES) {
            profiles.add(ProfileFile.readBuiltIn(name).sound());
        }
        for (Path file : files()) {
            try {
                profiles.add(read(file).sound());
            } catch (SettingsException broken) {
                broken.problems().forEach(problems::add);
            } catch (GeothermException broken) {
                problems.add(new Problem("", String.valueOf(broken.getMessage())));
            }
        }
        problems.throwIfAny();
        profiles.sort((a, b) -> a.name().compareTo(b.name()));
        return List.copyOf(profiles);
    }

    /**
     * Returns a profile by its name, or by the path of a {@code .yaml} file.
     *
     * @throws SettingsException if its file cannot be read; contains all of its problems
     * @throws GeothermException if it is unknown; the message suggests the nearest known name
     */
    public Profile find(String nameOrPath) {
        return source(nameOrPath).sound();
    }

    /**
     * Returns the profile and its ancestors, nearest first.
     *
     * @throws GeothermException if one extends an unknown profile, or if they form a cycle; the message shows the chain
     */
    public List<Profile> lineage(Profile profile) {
        ParsedProfile first = new ParsedProfile(profile, Map.of(), Set.of(), List.of());
        return lineage(first).stream().map(ParsedProfile::sound).toList();
    }

    /**
     * Writes a profile to the file {@code NAME.yaml} atomically; missing folders are created, an existing file is
     * replaced.
     *
     * @throws SettingsException if the profile has invalid keys
     * @throws GeothermException if the file name does not match the profile, is that of a built-in profile, or the file
     *     cannot be written
     */
    public static void save(Profile profile, Path file) {
        requireNonNull(profile, "profile");
        refuseShadowing(file);
        ProfileFile.write(profile, file);
    }

    /** Finds a profile like {@link #find}, but returns its problems and the parts that could be read. */
    ParsedProfile source(String nameOrPath) {
        if (nameOrPath.endsWith(ProfileFile.ENDING)
                || nameOrPath.indexOf('/') >= 0
                || nameOrPath.indexOf(File.separatorChar) >= 0) {
            try {
                return read(Path.of(nameOrPath));
            } catch (InvalidPathException noPath) {
                throw new GeothermException("'" + nameOrPath + "' is neither a profile nor a path", noPath);
            }
        }
        if (BUILT_IN_NAMES.contains(nameOrPath)) {
            return ProfileFile.readBuiltIn(nameOrPath);
        }
        for (Path file : files()) {
            if (String.valueOf(file.getFileName()).equals(nameOrPath + ProfileFile.ENDING)) {
                return read(file);
            }
        }
        throw new GeothermException(NearestName.unknown("profile", nameOrPath, names())
                + (folder == null ? "" : " (built in, or in " + folder + ")"));
    }

    /** Returns a profile and its ancestors, each with its problems. */
    List<ParsedProfile> lineage(ParsedProfile first) {
        List<ParsedProfile> lineage = new ArrayList<>(List.of(first));
        Set<String> places =
                new HashSet<>(Set.of(first.profile().name() + first.profile().origin()));
        for (String parent = first.profile().parent(); parent != null; ) {
            ParsedProfile next;
            try {
                next = source(parent);
            } catch (SettingsException unreadable) {
                throw unreadable;
            } catch (GeothermException unknown) {
                throw new GeothermException(chain(lineage, parent) + ": " + unknown.getMessage(), unknown);
            }
            if (!places.add(next.profile().name() + next.profile().origin())) {
                throw new GeothermException(
                        chain(lineage, parent) + ": a profile must not extend itself, not even through others");
            }
            lineage.add(next);
            parent = next.profile().parent();
        }
        return lineage;
    }

    private static String chain(List<ParsedProfile> lineage, String parent) {
        return lineage.stream()
                .map(source -> "profile " + source.profile().name() + " extends ")
                .collect(Collectors.joining("", "", parent));
    }

    private static ParsedProfile read(Path file) {
        refuseShadowing(file);
        return ProfileFile.read(file);
    }

    private static void refuseShadowing(Path file) {
        String fileName = String.valueOf(file.getFileName());
        for (String name : BUILT_IN_NAMES) {
            if (fileName.equals(name + ProfileFile.ENDING)) {
                throw new GeothermException("the profile " + name + " is built in: give the file "
                        + file.toAbsolutePath() + " another name");
            }
        }
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(BUILT_IN_NAMES);
        for (Path file : files()) {
            String fileName = String.valueOf(file.getFileName());
            names.add(fileName.replaceAll("\\.yaml$", ""));
        }
        return names;
    }

    /** Files that look like profiles; includes {@code .yml} files, so that they are refused rather than overlooked. */
    private List<Path> files() {
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return !name.startsWith(".") && (name.endsWith(ProfileFile.ENDING) || name.endsWith(".yml"));
                    })
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new GeothermException("cannot list the folder of profiles " + folder + ": " + unreadable, unreadable);
        }
    }
}
