package dev.geotherm.cli.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A check that the results of a command do not replace an input or each other, and do not lie inside a folder of the
 * product.
 */
public final class SeparateFiles {
    private final CommandLine command;
    private final Map<Path, String> used = new HashMap<>();
    private final Map<Path, String> folders = new HashMap<>();

    /** Creates a check for a command, initially without files. */
    public SeparateFiles(CommandLine command) {
        this.command = command;
    }

    /** Adds an input, with the name of its parameter or option. */
    public SeparateFiles input(String name, Path file) {
        used.put(real(file), name);
        return this;
    }

    /** Adds a folder that belongs to the product, with the name of its parameter or option. */
    public SeparateFiles folder(String name, Path folder) {
        folders.put(real(folder), name);
        return this;
    }

    /**
     * Adds a result, unless it is null. A pipe or device can be input and result at once.
     *
     * @throws ParameterException if the file is an input or another result, or is in one of the folders
     */
    public SeparateFiles result(String name, @Nullable Path file) {
        if (file != null && (!Files.exists(file) || Files.isRegularFile(file))) {
            Path real = real(file);
            folders.forEach((folder, owner) -> {
                if (real.startsWith(folder)) {
                    throw new ParameterException(
                            command,
                            name + " must not be in " + owner + ", because it could replace files there: " + file);
                }
            });
            String other = used.putIfAbsent(real, name);
            if (other != null) {
                throw new ParameterException(
                        command, name + " and " + other + " are the same file, which would be replaced: " + file);
            }
        }
        return this;
    }

    private static Path real(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException missing) {
            Path parent = absolute.getParent();
            return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
        }
    }
}
