package dev.geotherm.profiles.config;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Problem;
import dev.geotherm.api.SettingsException;
import dev.geotherm.storage.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A profile file, {@code NAME.yaml}: its name, size and encoding; {@link ProfileReader} reads the text. */
final class ProfileFile {
    static final String ENDING = ".yaml";
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** A profile has a few kilobytes; a much larger file is a mistake or an attack. */
    private static final int MAX_BYTES = 256 * 1024;

    private ProfileFile() {}

    /** Reads a file. Problems are part of the result, or thrown if nothing could be read. */
    static ParsedProfile read(Path file) {
        String name = nameOf(file);
        if (!Files.exists(file)) {
            throw new GeothermException("there is no profile file " + file.toAbsolutePath());
        }
        if (!Files.isRegularFile(file)) {
            throw new GeothermException("a profile must be a file, and " + file.toAbsolutePath() + " is none");
        }
        String origin = file.toAbsolutePath().normalize().toString();
        try (InputStream in = Files.newInputStream(file)) {
            return read(name, origin, in);
        } catch (IOException unreadable) {
            throw new GeothermException("cannot read the profile file " + origin + ": " + unreadable, unreadable);
        }
    }

    /** Reads a built-in profile. */
    static ParsedProfile readBuiltIn(String name) {
        try (InputStream in = ProfileFile.class.getResourceAsStream(name + ENDING)) {
            if (in == null) {
                throw new IllegalStateException("the built-in profile " + name + " is missing from the jar");
            }
            return read(name, Profiles.BUILT_IN, in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the built-in profile " + name, unreadable);
        }
    }

    private static ParsedProfile read(String name, String origin, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw refused(name, origin, "must be at most " + MAX_BYTES / 1024 + "KiB long");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new ProfileReader(name, origin).read(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException malformed) {
            throw refused(name, origin, "must be a text in UTF-8");
        }
    }

    /** Returns the name of the profile in a file. */
    static String nameOf(Path file) {
        String fileName = String.valueOf(file.getFileName());
        String name = fileName.endsWith(ENDING) ? fileName.substring(0, fileName.length() - ENDING.length()) : "";
        if (!NAME.matcher(name).matches()) {
            throw new GeothermException("a profile file must be called NAME.yaml with a NAME such as my-profile"
                    + " (lower-case letters, digits, single hyphens), was " + file);
        }
        return name;
    }

    /** Writes a file atomically: readers see the old content or the new, even after a crash. */
    static void write(Profile profile, Path file) {
        if (!nameOf(file).equals(profile.name())) {
            throw new GeothermException("the file of profile " + profile.name() + " must be called " + profile.name()
                    + ENDING + ", was " + file);
        }
        byte[] bytes = ProfileWriter.text(profile).getBytes(StandardCharsets.UTF_8);
        Path target = file.toAbsolutePath();
        try {
            Files.createDirectories(target.getParent());
            AtomicFile.write(target, bytes);
        } catch (IOException failed) {
            throw new GeothermException("cannot write the profile file " + target + ": " + failed.getMessage(), failed);
        }
    }

    private static SettingsException refused(String name, String origin, String message) {
        return new SettingsException(List.of(new Problem("", ParsedProfile.place(name, origin, 0) + ": " + message)));
    }
}
