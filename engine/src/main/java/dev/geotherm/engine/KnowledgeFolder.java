package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.DurableFiles;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.FolderLock;
import dev.geotherm.storage.FolderLockedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one {@link Knowledge}, locked against concurrent use.
 *
 * <p>Files are created in a work folder inside this folder and published together; until then, the files of an earlier use
 * stay. The file {@code .geotherm} marks the folder as writable for Geotherm. It holds the lock, and is never deleted.
 */
public final class KnowledgeFolder implements Closeable {
    /** The file with the number of the current generation; only in the folder of a durable store. */
    static final String CURRENT = "current";

    static final String DELTAS = "deltas.jsonl";
    static final String STATE = "state.json";
    static final String DEAD_LETTERS = "dead-letters.jsonl";
    static final String TELEMETRY = "telemetry.jsonl";
    static final String RUN = "run.trec";
    static final String EVALUATION = "evaluation.jsonl";
    static final String REPORT = "report.json";

    /** In the order of publication. The report is last: if it exists, all other files belong to the same use. */
    private static final List<String> PUBLISHED = List.of(DELTAS, STATE, DEAD_LETTERS, TELEMETRY, RUN, REPORT);

    private static final String CHECKPOINT = EVALUATION + ".checkpoint";

    private static final String MARK = ".geotherm";
    private static final String WORK = ".geotherm-work";

    /** The lock of a platform whose work folder this is, too. */
    private static final String PLATFORM_LOCK = ".geotherm-platform";

    private final Path folder;
    private final FolderLock lock;
    private final Set<String> drafts = new HashSet<>(); // found by publish

    private KnowledgeFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Creates the folder if necessary, locks it, and empties its work folder.
     *
     * @throws GeothermException if the folder cannot be written, contains foreign files but no marker, or is locked
     */
    public static KnowledgeFolder open(Path folder) {
        FolderLock lock;
        try {
            Files.createDirectories(folder);
            requireMarkOrEmpty(folder);
            lock = FolderLock.acquire(folder, MARK);
        } catch (FolderLockedException taken) {
            throw new GeothermException(
                    "another run"
                            + taken.holder().map(holder -> ", " + holder + ",").orElse("") + " writes to " + folder
                            + " now; wait for it, or use another folder",
                    taken);
        } catch (IOException refused) {
            throw new GeothermException(
                    "cannot write to the output folder " + folder + ": " + FailureReason.of(refused)
                            + "; use another folder",
                    refused);
        }
        KnowledgeFolder opened = new KnowledgeFolder(folder, lock);
        try {
            DurableFiles.deleteTree(opened.work());
            Files.createDirectories(opened.work());
            return opened;
        } catch (IOException refused) {
            try {
                lock.close();
            } catch (IOException too) {
                refused.addSuppressed(too);
            }
            throw new GeothermException(
                    "cannot prepare the output folder " + folder + ": " + FailureReason.of(refused)
                            + "; use another folder",
                    refused);
        }
    }

    /** Returns whether a folder contains durable knowledge. */
    public static boolean holdsKnowledge(Path folder) {
        return Files.exists(folder.resolve(CURRENT));
    }

    /**
     * Refuses a folder with foreign files, because published files replace files with the same names. The lock of a platform
     * is not foreign: a new folder can be the work folder of the platform, too.
     */
    private static void requireMarkOrEmpty(Path folder) throws IOException {
        if (Files.exists(folder.resolve(MARK))) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.anyMatch(entry -> !entry.endsWith(PLATFORM_LOCK))) {
                throw new GeothermException(folder + " contains files that are not from a run (it has no " + MARK
                        + "); use a new or an empty folder");
            }
        }
    }

    /** Returns the path of the folder. */
    public Path path() {
        return folder;
    }

    /**
     * Returns the path of an unpublished file: one that grows, such as a log, or is replaced separately.
     */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Returns the folder for files needed only while the knowledge is open. */
    public Path work() {
        return folder.resolve(WORK);
    }

    /** Returns the path of the draft of a file to be published. */
    Path draft(String name) {
        return work().resolve(name);
    }

    /**
     * Publishes the drafts, and deletes files of an earlier use without a successor. The evaluator itself replaces its
     * output; if this use has no rankings, the output is from an earlier use and is also deleted. After a failure, a second
     * call publishes the rest.
     *
     * <p>The checkpoint of a completed evaluation is deleted last, because until everything is published, a crash must not
     * lose the answers.
     */
    void publish() throws IOException {
        for (String name : PUBLISHED) {
            if (Files.exists(draft(name))) {
                drafts.add(name);
            }
        }
        boolean evaluated = drafts.contains(RUN);
        List<String> names = new ArrayList<>(PUBLISHED);
        if (!evaluated) {
            names.add(0, EVALUATION);
        }
        names.removeIf(name -> drafts.contains(name) && Files.notExists(draft(name))); // published by the first call
        if (names.contains(REPORT)) {
            DurableFiles.publish(work(), folder, names);
        }
        if (evaluated) {
            deleteCheckpoint();
        }
    }

    /**
     * Checks that the folder does not contain a durable store, because the results of a run would replace its files.
     *
     * @throws GeothermException if it contains a durable store
     */
    void requireForResults() {
        if (Files.exists(file(CURRENT))) {
            throw new GeothermException(
                    folder + " holds knowledge that lasts, from 'geotherm ingest'; use another folder");
        }
    }

    /**
     * Checks that the folder does not contain results of a run.
     *
     * @throws GeothermException if it contains results of a run
     */
    void requireForStore() {
        for (String name : PUBLISHED) {
            if (Files.notExists(file(CURRENT)) && Files.exists(file(name))) {
                throw new GeothermException(
                        folder + " holds the results of a run, such as " + name + "; use a new or an empty folder");
            }
        }
    }

    /** Publishes the results of an evaluation, if there are any. */
    void publishOfStore() throws IOException {
        if (Files.exists(draft(RUN))) {
            DurableFiles.publish(work(), folder, List.of(RUN));
            deleteCheckpoint();
        }
    }

    /** Deletes the checkpoint of the evaluation atomically, if there is one. The evaluation must not be running. */
    void deleteCheckpoint() throws IOException {
        Path discarded = draft(CHECKPOINT);
        DurableFiles.deleteTree(discarded);
        if (Files.exists(file(CHECKPOINT), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(file(CHECKPOINT), discarded); // a partial checkpoint would be refused as damaged
            DurableFiles.forceFolder(folder);
            DurableFiles.deleteTree(discarded);
        }
    }

    /** Deletes the work folder and unlocks the folder. Idempotent. */
    @Override
    public void close() throws IOException {
        try (lock) {
            DurableFiles.deleteTree(work());
        }
    }
}
