package dev.geotherm.batch;

import dev.geotherm.api.batch.EvaluationException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a job, by names that are equal whenever the files are.
 *
 * @param output where results appear
 * @param checkpoint the journal beside it
 * @param partial the output while it is being written
 */
record OutputFiles(Path output, Path checkpoint, Path partial) {

    /** Returns the files of the given output, or refuses it if its folder cannot hold them. */
    static OutputFiles of(Path output) {
        Path absolute = output.toAbsolutePath();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        if (folder == null || name == null) {
            throw new EvaluationException("the output " + output + " is no file; name a file in a folder that exists");
        }
        if (!Files.isDirectory(folder)) {
            throw new EvaluationException("cannot write the output " + output + ": " + folder
                    + (Files.exists(folder) ? " is not a folder" : " does not exist; create that folder"));
        }
        if (Files.isDirectory(absolute)) {
            throw new EvaluationException("cannot write the output " + output + ": it is a folder");
        }
        Path real;
        try {
            real = folder.toRealPath();
        } catch (IOException e) {
            throw new EvaluationException("cannot write the output " + output + ": " + reason(e), e);
        }
        return new OutputFiles(real.resolve(name), real.resolve(name + ".checkpoint"), real.resolve(name + ".partial"));
    }

    Path folder() {
        Path folder = output.getParent();
        if (folder == null) {
            throw new IllegalStateException(output + " was made without a folder");
        }
        return folder;
    }

    /** Returns what went wrong, in words: a file system's exception alone says only which file. */
    static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        if (e instanceof FileSystemException of) {
            return of.getReason() == null ? kind : of.getReason();
        }
        return e.getMessage() == null ? kind : e.getMessage();
    }
}
