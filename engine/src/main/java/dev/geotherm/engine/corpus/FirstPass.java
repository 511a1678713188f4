package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TrecRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The first pass through the files of a corpus: it validates every document, and keeps the ids and what is needed to check
 * later passes. It tries all files, so that one message names everything that cannot be read.
 *
 * <p>For one thread.
 */
final class FirstPass {
    /** The longest id that an index can have with a number after it. */
    private static final int LONGEST_ID = 7_900;

    private final boolean judged;
    private final LongConsumer progress;
    private final List<CheckedFile> files = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private boolean conflict;

    /**
     * Creates a pass.
     *
     * @param judged whether the ids will be written to a run file
     * @param progress receives the number of documents that were read so far
     */
    FirstPass(boolean judged, LongConsumer progress) {
        this.judged = judged;
        this.progress = progress;
    }

    /** Reads a file; what is wrong with it becomes a problem. */
    void read(DocumentFile file) {
        List<String> added = new ArrayList<>();
        try {
            files.add(readAll(file, added));
        } catch (GeothermException unreadable) {
            added.forEach(ids::remove);
            refuse(String.valueOf(unreadable.getMessage()));
        }
    }

    /** Reads the only file of a corpus, or throws. */
    void readOnly(DocumentFile file) {
        files.add(readAll(file, new ArrayList<>()));
    }

    /** Adds a file that cannot be read. */
    void refuse(String problem) {
        problems.add(problem);
    }

    /**
     * Ends the pass. What cannot be read refuses the corpus, or is noted if it is to be skipped; ids that are not unique
     * always refuse it.
     */
    void finish(String corpus, boolean skipUnreadable, List<String> notes) {
        if (problems.isEmpty()) {
            return;
        }
        if (!skipUnreadable || conflict) {
            throw problems.size() == 1
                    ? new GeothermException(problems.get(0))
                    : new UnreadableFilesException(corpus, problems);
        }
        notes.add("left out: " + problems.size()
                + (problems.size() == 1 ? " file that cannot be read, " : " files that cannot be read, such as ")
                + problems.get(0));
    }

    private CheckedFile readAll(DocumentFile file, List<String> added) {
        int count = 0;
        long checksum = 0;
        try (DocumentReader documents = file.reader().get()) {
            for (Document each = documents.next(); each != null; each = documents.next()) {
                if (!ids.add(each.id())) {
                    conflict = true;
                    throw duplicate(each, file);
                }
                added.add(each.id());
                checkId(each);
                count++;
                checksum = CheckedFile.add(checksum, each);
                progress.accept(ids.size());
            }
        }
        return new CheckedFile(file, count, checksum);
    }

    private void checkId(Document document) {
        String id = document.id();
        if (judged && !TrecRun.isColumn(id)) {
            throw new GeothermException(document.source() + ": id '" + id + "' has white space or a control character;"
                    + " a corpus with queries needs ids without, because answers are written between spaces");
        }
        if (id.length() > LONGEST_ID / 3 && id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            throw new GeothermException(
                    document.source() + ": the id has more than " + LONGEST_ID + " bytes; ids must be short");
        }
    }

    /** Reads the files up to the duplicate again, because the places of all ids would fill the memory. */
    private GeothermException duplicate(Document second, DocumentFile current) {
        List<DocumentFile> read = new ArrayList<>();
        files.forEach(each -> read.add(each.file()));
        read.add(current);
        for (DocumentFile file : read) {
            try (DocumentReader documents = file.reader().get()) {
                for (Document each = documents.next(); each != null; each = documents.next()) {
                    if (each.id().equals(second.id())) {
                        return new GeothermException(second.source() + ": id '" + second.id() + "' stands in "
                                + each.source() + " too; ids must be unique");
                    }
                }
            }
        }
        throw new GeothermException(current.name()
                + ": was changed while it was read; repeat the command when no other program writes to it");
    }

    List<CheckedFile> files() {
        return files;
    }

    /** Returns whether nothing was left out. */
    boolean isComplete() {
        return problems.isEmpty();
    }

    int size() {
        return ids.size();
    }

    boolean has(String id) {
        return ids.contains(id);
    }
}
