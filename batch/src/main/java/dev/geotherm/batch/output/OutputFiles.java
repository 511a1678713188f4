package dev.geotherm.batch.output;

import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.storage.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a job. Jobs with the same output have equal paths, even if they name the output differently.
 *
 * @param output the finished results
 * @param checkpoint the folder with the outcomes so far
 * @param partial the output while it is being written
 */
public record OutputFiles(Path output, Path checkpoint, Path partial) {

    /**
     * Returns the files for an output.
     *
     * @throws EvaluationException if the path cannot denote a file
     */
    public static OutputFiles of(Path output) {
        Path absolute = output.toAbsolutePath();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null) {
            throw new EvaluationException(
                    "the output " + output + " is not a file; give the path of a file in an existing folder");
        }
        if (!Files.isDirectory(parent)) {
            throw new EvaluationException("cannot write the output " + output + ": " + parent
                    + (Files.exists(parent) ? " is not a folder" : " does not exist; create this folder first"));
        }
        if (Files.isDirectory(absolute)) {
            throw new EvaluationException("cannot write the output " + output + ": it is a folder");
        }
        try {
            return Files.exists(absolute)
                    ? in(absolute.toRealPath())
                    : in(parent.toRealPath().resolve(name));
        } catch (IOException e) {
            throw new EvaluationException("cannot write the output " + output + ": " + FailureReason.of(e), e);
        }
    }

    private static OutputFiles in(Path output) {
        Path name = output.getFileName();
        return new OutputFiles(
                output, output.resolveSibling(name + ".checkpoint"), output.resolveSibling(name + ".partial"));
    }
}
