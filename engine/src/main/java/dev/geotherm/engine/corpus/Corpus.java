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
 * <p>An open corpus has been read and validated completely, so a job meets no invalid input unless files change meanwhile;
 * then {@link #documents} fails. Ids, queries and judgements are in memory; documents are read on demand. Safe for use by
 * several threads; no file is open between calls.
 */
public interface Corpus {
    /**
     * Opens and checks a corpus.
     *
     * @param nameOrPath {@code wordnet}, {@code wordnet:all}, a folder in the layout of BEIR, a folder of text files or of
     *     JSON Lines files, or a JSON Lines file
     * @throws GeothermException naming file and line, if it is none of these or something in it is wrong
     */
    static Corpus open(String nameOrPath) {
        return open(nameOrPath, CorpusOptions.defaults());
    }

    /** Opens and checks a corpus with options; otherwise as {@link #open(String)}. */
    static Corpus open(String nameOrPath, CorpusOptions options) {
        return open(nameOrPath, options, read -> {});
    }

    /**
     * Opens and checks a corpus, and reports progress; otherwise as {@link #open(String)}.
     *
     * @param progress receives, on the calling thread, the number of documents that were read and checked so far
     */
    static Corpus open(String nameOrPath, CorpusOptions options, LongConsumer progress) {
        return CorpusKind.open(nameOrPath, options, progress);
    }

    /**
     * Reads a stream to its end, and checks it.
     *
     * <p>A line of JSON that ends too early is refused, and so is a stream without a document: a program that was to write the
     * documents may have failed. A stream that ends too early between two lines cannot be recognised.
     *
     * @param in not closed
     * @param format its format; plain text is one document, whose id is the name
     * @param name the name of the corpus
     * @param copy the path of a new file for a copy of the stream, which must stay as long as the corpus is used
     * @param progress receives, on the calling thread, the number of documents that were read and checked so far
     * @throws GeothermException naming the line, if something in it is wrong
     */
    static Corpus read(InputStream in, StreamFormat format, String name, Path copy, LongConsumer progress) {
        return StreamCorpus.read(in, format, name, copy, progress);
    }

    /** Returns a name for reports: that of the folder or file, or the one that it was opened with. */
    String name();

    /** Returns how many documents there are. */
    int size();

    /**
     * Returns all documents, in the same order on every call. The stream reads on demand; close it.
     *
     * <p>The stream throws {@link GeothermException} if a file cannot be read any more, or at the end of a file if its
     * documents are not those that were validated.
     */
    Stream<Document> documents();

    /** Returns the queries in the order of their file; empty if the corpus has none. */
    List<CorpusQuery> queries();

    /**
     * Returns the judgements in the order of their file; each is of a query and a document of this corpus, unless the
     * options keep others.
     */
    List<Judgement> judgements();

    /**
     * Returns whether every document is here. If files were left out because they cannot be read, nobody knows which of
     * their documents still exist.
     */
    default boolean isComplete() {
        return true;
    }

    /** Returns notes for people about how the corpus was read, such as files left out; mostly empty. */
    List<String> notes();
}
