package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import org.jspecify.annotations.Nullable;

/**
 * A completely read file of documents, with their number and a checksum. Each later pass is compared with the first one, so
 * a document cannot disappear between passes without an error.
 *
 * @param file the file
 * @param documents the number of documents in the first pass
 * @param checksum the checksum of these documents, in order
 */
record CheckedFile(DocumentFile file, int documents, long checksum) {

    /** Adds a document to a checksum, which starts at 0. */
    static long add(long checksum, Document document) {
        long content = 31L * document.title().hashCode() + document.text().hashCode();
        return checksum * 0x9E3779B97F4A7C15L + ((long) document.id().hashCode() << Integer.SIZE) + content;
    }

    /**
     * Starts a pass, which throws an exception at the end of the file if the documents differ from those of the first pass.
     */
    DocumentReader open() {
        DocumentReader reader = file.reader().get();
        return new DocumentReader() {
            private int count;
            private long sum;

            @Override
            public @Nullable Document next() {
                Document next = reader.next();
                if (next != null) {
                    count++;
                    sum = add(sum, next);
                } else if (count != documents || sum != checksum) {
                    throw new GeothermException(file.name() + ": was changed while it was read (documents at first: "
                            + documents + ", now: "
                            + (count == documents ? "others" : String.valueOf(count))
                            + "); repeat the command when no other program writes to it");
                }
                return next;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
