package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A corpus: documents in a fixed order, with optional queries and judgements.
 *
 * <p>An open corpus has been validated completely, so a job meets no invalid input unless files change meanwhile. Ids,
 * queries and judgements are in memory; documents are read on demand. Safe for use by several threads; no file is open
 * between calls.
 */
public interface Corpus {
    /**
     * Opens and checks a corpus.
     *
     * @param nameOrPath {@code wordnet}, {@code wordnet:all}, a folder in the layout of BEIR, a folder of text files, or a
     *     file of JSON lines
     * @throws GeothermException naming file and line, if it is none of these or something in it is wrong
     */
    static Corpus open(String nameOrPath) {
        return open(nameOrPath, UnknownDocuments.REFUSE);
    }

    /** Opens and checks a corpus as {@link #open(String)} does; {@code unknown} decides on judgements of unknown documents. */
    static Corpus open(String nameOrPath, UnknownDocuments unknown) {
        return CorpusKind.open(nameOrPath, unknown);
    }

    /** Returns a name for reports: that of the folder or file, or the one that it was opened with. */
    String name();

    /** Returns how many documents there are. */
    int size();

    /**
     * Returns all documents, in the same order on every call. The stream reads on demand; close it.
     *
     * <p>The stream throws {@link GeothermException} where a file cannot be read any more.
     */
    Stream<Document> documents();

    /** Returns the queries in the order of their file; empty if the corpus has none. */
    List<CorpusQuery> queries();

    /**
     * Returns the judgements in the order of their file; each is of a query of this corpus, and of a document of it unless
     * unknown ones were to be kept.
     */
    List<Judgement> judgements();

    /** Returns notes for people about how the corpus was read, such as files left out; mostly empty. */
    List<String> notes();
}
