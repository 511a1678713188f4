package dev.geotherm.langchain4j;

import dev.geotherm.engine.Knowledge;
import dev.geotherm.profiles.runtime.Geotherm;
import dev.geotherm.profiles.runtime.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Knowledge for a test, in which the model of the embedder is {@link WordModel}. */
final class TestKnowledge implements AutoCloseable {
    private final Platform platform;
    final Knowledge knowledge;

    TestKnowledge(Path folder) {
        Path profile = folder.resolve("words.yaml");
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    profile,
                    "extends: balanced\ndescription: For tests.\nembedding:\n  use: langchain4j\n  model: "
                            + WordModel.class.getName() + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        platform = Geotherm.start(profile);
        knowledge = Knowledge.open(platform, folder.resolve("knowledge"));
    }

    @Override
    public void close() {
        try (platform) {
            knowledge.close();
        }
    }
}
