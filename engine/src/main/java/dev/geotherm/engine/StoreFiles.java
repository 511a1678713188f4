package dev.geotherm.engine;

import dev.geotherm.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a store, apart from its passage index.
 *
 * <p>Ledger and delta log have a version. A compaction writes the next version; the commit of the index determines the valid
 * one. The delta log is a draft until that commit, and is then renamed, so readers always find it under its usual name.
 *
 * @param folder the folder of all generations
 */
record StoreFiles(Path folder) {
    private static final String LEDGER = "ledger-";

    /** Returns the folder of a ledger. */
    Path ledger(long version) {
        return folder.resolve(LEDGER + version);
    }

    /** Returns the draft of a delta log. */
    Path deltasDraft(long version) {
        return folder.resolve(KnowledgeFolder.DELTAS + "." + version);
    }

    /** Returns the delta log of the valid version: the draft if a crash left one, otherwise the file itself. */
    Path deltas(long version) {
        Path draft = deltasDraft(version);
        return Files.exists(draft) ? draft : folder.resolve(KnowledgeFolder.DELTAS);
    }

    /** Moves the draft over the delta log, if there is one, and returns the path of the delta log. */
    Path publishDeltas(long version) throws IOException {
        Path published = folder.resolve(KnowledgeFolder.DELTAS);
        Path draft = deltasDraft(version);
        if (Files.exists(draft)) {
            DurableFiles.move(draft, published);
        }
        return published;
    }

    /** Deletes the ledgers and the drafts of all other versions. */
    void deleteLeftovers(long version) throws IOException {
        List<Path> leftovers;
        try (Stream<Path> files = Files.list(folder)) {
            leftovers = files.filter(file -> isOther(file.getFileName().toString(), version))
                    .toList();
        }
        for (Path each : leftovers) {
            DurableFiles.deleteTree(each);
        }
        if (!leftovers.isEmpty()) {
            DurableFiles.forceFolder(folder);
        }
    }

    private static boolean isOther(String name, long version) {
        return (name.startsWith(LEDGER) && !name.equals(LEDGER + version))
                || (name.startsWith(KnowledgeFolder.DELTAS + ".")
                        && !name.equals(KnowledgeFolder.DELTAS + "." + version));
    }
}
