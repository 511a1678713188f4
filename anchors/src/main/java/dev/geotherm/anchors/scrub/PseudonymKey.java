package dev.geotherm.anchors.scrub;

import dev.geotherm.api.Problem;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The setting of the key for pseudonyms.
 *
 * @param key the key; empty if it is in a file or no pseudonyms are used
 * @param file the file with the key; empty if there is none
 */
record PseudonymKey(Secret key, String file) {
    private static final String KEY = "scrubKey";
    private static final String KEY_FILE = "scrubKeyFile";

    /** Returns the maker of pseudonyms with this key, or null if none is needed or after a problem. */
    @Nullable
    Pseudonyms pseudonyms(boolean needed, Problems problems) {
        if (!key.isEmpty() && !file.isBlank()) {
            problems.add(
                    new Problem(KEY_FILE, "must be empty if scrubKey is set, because only one of them may be set"));
            return null;
        }
        Secret found = file.isBlank() ? key : read(problems);
        if (found == null || !needed) {
            return null;
        }
        String source = file.isBlank() ? KEY : KEY_FILE;
        if (found.isEmpty()) {
            problems.add(new Problem(
                    source,
                    "must be set for pseudonyms; set GEOTHERM_ANCHORS_SCRUB_KEY, or name a file by scrubKeyFile. A key"
                            + " can be made with: openssl rand -hex 32"));
            return null;
        }
        if (found.reveal().length() < Pseudonyms.SHORTEST_KEY) {
            problems.add(new Problem(
                    source,
                    "must be a key of at least " + Pseudonyms.SHORTEST_KEY
                            + " characters, for example from: openssl rand -hex 32"));
            return null;
        }
        return new Pseudonyms(found);
    }

    private @Nullable Secret read(Problems problems) {
        try {
            Path path = Path.of(file.strip());
            if (Files.exists(path) && !Files.isRegularFile(path)) { // to read a named pipe would wait for a writer
                problems.add(new Problem(KEY_FILE, "must be a file, and " + file + " is a folder, pipe or device"));
                return null;
            }
            return Secret.of(Files.readString(path).strip());
        } catch (IOException | InvalidPathException | OutOfMemoryError unreadable) {
            problems.add(new Problem(
                    KEY_FILE, "cannot be read: " + unreadable.getClass().getSimpleName() + " " + file));
            return null;
        }
    }
}
