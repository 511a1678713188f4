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
 * The first pass through the files of a corpus. It validates every document, and keeps the ids and the data for checking
 * later passes. It tries all files, so one message names everything that cannot be read.
 *
 * <p>Not thread-safe.
 */
final class FirstPass {
    /** The maximum length of an id in an index, which still leaves space for a number. */
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
     * @param progress the consumer of the number of documents read so far
     */
    FirstPass(boolean judged, LongConsumer progress) {
        this.judged = judged;
        this.progress = progress;
    }

    /** Reads a file. Failures are recorded as problems. */
    void read(DocumentFile file) {
        List<String> added = new ArrayList<>();
        try {
            files.add(readAll(file, file.reader().get(), added));
        } catch (GeothermException unreadable) {
            added.forEach(ids::remove);
            refuse(String.valueOf(unreadable.getMessage()));
        }
    }

    /** Reads the only file of a corpus. Failures are thrown. */
    void readOnly(DocumentFile file) {
        readOnly(file, file.reader().get());
    }

    /** Reads the only file of a corpus by a reader of its own, which it closes, or throws. */
    void readOnly(DocumentFile file, DocumentReader reader) {
        files.add(readAll(file, reader, new ArrayList<>()));
    }

    /** Records the problem of an unreadable file. */
    void refuse(String problem) {
        problems.add(problem);
    }

    /**
     * Ends the pass. Unreadable files refuse the corpus or, if they are to be skipped, become a note. Duplicate ids always
     * refuse the corpus.
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
        notes.add("skipped: " + problems.size()
                + (problems.size() == 1 ? " file that cannot be read, " : " files that cannot be read, such as ")
                + problems.get(0));
    }

    private CheckedFile readAll(DocumentFile file, DocumentReader reader, List<String> added) {
        int count = 0;
        long checksum = 0;
        try (DocumentReader documents = reader) {
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

    /** Reads the files up to the duplicate again, because the places of all ids would take too much memory. */
    private GeothermException duplicate(Document second, DocumentFile current) {
        List<DocumentFile> read = new ArrayList<>();
        files.forEach(each -> read.add(each.file()));
        read.add(current);
        for (DocumentFile file : read) {
            try (DocumentReader documents = file.reader().get()) {
                for (Document each = documents.next(); each != null; each = documents.next()) {
                    if (each.id().equals(second.id())) {
                        return new GeothermException(second.source() + ": duplicate id '" + second.id() + "', also in "
                                + each.source() + "; ids must be unique");
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

    /** Returns whether no file was skipped. */
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
