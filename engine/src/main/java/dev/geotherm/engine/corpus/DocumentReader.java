package dev.geotherm.engine.corpus;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A single pass through the documents of a corpus. Not thread-safe. */
interface DocumentReader extends AutoCloseable {
    /** Returns the next document, or null after the last one. */
    @Nullable
    Document next();

    @Override
    void close();

    /** Returns a pass through several files, only one of which is open at a time. */
    static DocumentReader concat(List<CheckedFile> files) {
        Iterator<CheckedFile> left = files.iterator();
        return new DocumentReader() {
            private @Nullable DocumentReader open;

            @Override
            public @Nullable Document next() {
                while (open != null || left.hasNext()) {
                    if (open == null) {
                        open = left.next().open();
                    }
                    Document next = open.next();
                    if (next != null) {
                        return next;
                    }
                    close();
                }
                return null;
            }

            @Override
            public void close() {
                if (open != null) {
                    open.close();
                    open = null;
                }
            }
        };
    }

    /** Returns a pass through a single document. */
    static DocumentReader of(Supplier<Document> document) {
        return new DocumentReader() {
            private boolean read;

            @Override
            public @Nullable Document next() {
                if (read) {
                    return null;
                }
                read = true;
                return document.get();
            }

            @Override
            public void close() {}
        };
    }

    /** Returns a stream of documents. The pass starts with the first document and ends when the stream is closed. */
    static Stream<Document> stream(Supplier<DocumentReader> pass) {
        class Documents extends Spliterators.AbstractSpliterator<Document> {
            private @Nullable DocumentReader reader;

            Documents() {
                super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
            }

            @Override
            public boolean tryAdvance(Consumer<? super Document> action) {
                if (reader == null) {
                    reader = pass.get();
                }
                Document next = reader.next();
                if (next != null) {
                    action.accept(next);
                }
                return next != null;
            }

            void close() {
                if (reader != null) {
                    reader.close();
                }
            }
        }
        Documents documents = new Documents();
        return StreamSupport.stream(documents, false).onClose(documents::close);
    }
}
