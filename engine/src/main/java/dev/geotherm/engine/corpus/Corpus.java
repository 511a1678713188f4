package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A corpus: documents in a fixed order, with optional queries and judgements.
 *
 * <p>An open corpus has been completely read and validated, so a job finds no invalid input. If files change later, {@link
 * #documents} fails. Ids, queries and judgements are in memory; documents are read on demand. Thread-safe. No file is open
 * between calls.
 */
public interface Corpus {
    /**
     * Opens and validates a corpus.
     *
     * @param nameOrPath {@code wordnet}, {@code wordnet:all}, a folder in the BEIR layout, a folder of text files or JSON
     *     Lines files, or a JSON Lines file
     * @throws GeothermException if it is none of these or has invalid content; the message names file and line
     */
    static Corpus open(String nameOrPath) {
        return open(nameOrPath, CorpusOptions.defaults());
    }

    /** Opens and validates a corpus with options; otherwise the same as {@link #open(String)}. */
    static Corpus open(String nameOrPath, CorpusOptions options) {
        return open(nameOrPath, options, read -> {});
    }

    /**
     * Opens and validates a corpus, and reports progress; otherwise the same as {@link #open(String)}.
     *
     * @param progress the consumer of the number of documents validated so far, called on the calling thread
     */
    static Corpus open(String nameOrPath, CorpusOptions options, LongConsumer progress) {
        return CorpusKind.open(nameOrPath, options, progress);
    }

    /**
     * Reads a stream to its end, and validates it.
     *
     * <p>A truncated line of JSON and a stream without documents are refused, because the program that writes the documents
     * may have failed. A stream truncated between two lines cannot be detected.
     *
     * @param in the stream; not closed
     * @param format the format; plain text is one document, with the name as its id
     * @param name the name of the corpus
     * @param copy the path of a new file for a copy of the stream, which must exist while the corpus is used
     * @param progress the consumer of the number of documents validated so far, called on the calling thread
     * @throws GeothermException if the stream has invalid content; the message names the line
     */
    static Corpus read(InputStream in, StreamFormat format, String name, Path copy, LongConsumer progress) {
        return StreamCorpus.read(in, format, name, copy, progress);
    }

    /** Returns a name for reports: the name of the folder or file, or the name used to open the corpus. */
    String name();

    /** Returns the number of documents. */
    int size();

    /**
     * Returns all documents, in the same order on every call. The stream reads on demand, and must be closed.
     *
     * <p>The stream throws {@link GeothermException} if a file can no longer be read, or at the end of a file if its
     * documents differ from the validated ones.
     */
    Stream<Document> documents();

    /** Returns the queries in the order of their file; empty if the corpus has none. */
    List<CorpusQuery> queries();

    /**
     * Returns the judgements in the order of their file. Each refers to a query and a document of this corpus, unless the
     * options keep others.
     */
    List<Judgement> judgements();

    /**
     * Returns whether the corpus contains every document. If unreadable files were skipped, it is unknown which of their
     * documents still exist.
     */
    default boolean isComplete() {
        return true;
    }

    /** Returns notes for users about the reading of the corpus, such as skipped files; usually empty. */
    List<String> notes();
}
