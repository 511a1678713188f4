package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.DurableFiles;
import dev.geotherm.storage.FailureReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a store: the current one and, during a rebuild with other settings, the next one.
 *
 * <p>Each generation has a folder {@code generation-N}. The file {@code current} contains the number of the current one;
 * replacing the file makes the next one current. A temporary store has a single generation, in the work folder.
 */
final class StoreGenerations implements Closeable {
    private static final String FOLDER = "generation-";
    private static final String INDEX = "index";

    private final Platform platform;
    private final KnowledgeFolder folder;
    private final boolean durable;
    private final AnchorRestoration restoration;
    private final String settings;
    private int number;
    private volatile KnowledgeStore current;

    StoreGenerations(Platform platform, KnowledgeFolder folder, Splitter splitter, boolean durable) throws IOException {
        this.platform = platform;
        this.folder = folder;
        this.durable = durable;
        this.settings = ContentSettings.of(platform, splitter);
        this.restoration = new AnchorRestoration(
                platform.anchors(),
                platform.differ(),
                platform.embedder().dimension(),
                ContentSettings.ofAnchors(platform.configuration()));
        if (durable) {
            number = currentNumber();
            current = open(number, Marker.initial(1, settings, restoration.anchorSettings(), 0));
        } else {
            current = temporary();
        }
    }

    private KnowledgeStore temporary() {
        return new KnowledgeStore(
                new StoreFiles(folder.work()),
                platform.indexes().open("knowledge"),
                Marker.initial(1, settings, restoration.anchorSettings(), 0),
                restoration,
                new StageTimes());
    }

    private int currentNumber() throws IOException {
        Path file = folder.file(KnowledgeFolder.CURRENT);
        if (!Files.exists(file)) {
            AtomicFile.write(file, text(1));
            return 1;
        }
        String text = Files.readString(file).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException damaged) {
            throw new GeothermException(
                    file + " is damaged: it should contain a number, and contains " + text, damaged);
        }
    }

    private static byte[] text(int number) {
        return (number + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private Path folder(int generation) {
        return folder.file(FOLDER + generation);
    }

    private KnowledgeStore open(int generation, Marker initial) throws IOException {
        Path own = folder(generation);
        DurableFiles.createFolders(own);
        StoreFiles files = new StoreFiles(own);
        PassageIndex index = platform.indexes().open("knowledge-" + generation, own.resolve(INDEX));
        try {
            Marker marker = index.marker().map(Marker::parse).orElse(initial);
            files.publishDeltas(marker.version());
            files.deleteLeftovers(marker.version());
            return new KnowledgeStore(files, index, marker, restoration, new StageTimes());
        } catch (IOException | RuntimeException | Error failed) {
            index.close();
            throw failed;
        }
    }

    boolean isDurable() {
        return durable;
    }

    KnowledgeStore current() {
        return current;
    }

    /** Returns the differences between the settings of this platform and those of the current generation. */
    List<String> differences() {
        return ContentSettings.differences(current.committed().settings(), settings);
    }

    /** Reopens the current generation at its last commit if a write failure broke it. */
    void reopenIfFailed() {
        if (!durable || !current.hasFailed()) {
            return;
        }
        try {
            current.close();
            current = open(number, Marker.initial(1, settings, restoration.anchorSettings(), 0));
        } catch (IOException failed) {
            throw cannotOpen(failed);
        }
    }

    /** Opens the next generation: the rest of an interrupted rebuild with the same settings, or an empty one. */
    KnowledgeStore openNext() {
        try {
            Marker before = current.committed();
            Marker initial = Marker.initial(1, settings, restoration.anchorSettings(), before.revision() + 1);
            KnowledgeStore next = open(number + 1, initial);
            if (next.committed().settings().equals(settings)) {
                return next;
            }
            next.close();
            deleteNext();
            return open(number + 1, initial);
        } catch (IOException failed) {
            throw cannotOpen(failed);
        }
    }

    /** Makes the next generation the current one, and deletes the previous one. */
    void replaceCurrent(KnowledgeStore next) {
        try {
            AtomicFile.write(folder.file(KnowledgeFolder.CURRENT), text(number + 1));
            KnowledgeStore before = current;
            current = next;
            number++;
            before.close();
            DurableFiles.deleteTree(folder(number - 1));
        } catch (IOException failed) {
            throw cannotOpen(failed);
        }
    }

    /** Deletes the rest of an interrupted rebuild. */
    void deleteNext() throws IOException {
        DurableFiles.deleteTree(folder(number + 1));
    }

    /** Returns the folder of the current generation, or null if the store is temporary. */
    @Nullable
    Path currentFolder() {
        return durable ? folder(number) : null;
    }

    private GeothermException cannotOpen(IOException failed) {
        return new GeothermException(
                "cannot open the knowledge in " + folder.path() + ": " + FailureReason.of(failed), failed);
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
