package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A collection of documents in a fixed order, with the queries and judgements that come with it.
 *
 * <p>An open corpus has been checked from end to end, so a job that starts does not meet bad input half-way unless
 * files change under it. Ids, queries and judgements are in memory; documents never are, they are read while they are
 * asked for. Safe for use by several threads; holds no file open between calls.
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

    /** Opens and checks a corpus as {@link #open(String)} does, with judgements of unknown documents as told. */
    static Corpus open(String nameOrPath, UnknownDocuments unknown) {
        return CorpusKind.open(nameOrPath, unknown);
    }

    /** Returns a name for reports: that of the folder or file, or the one it was opened by. */
    String name();

    /** Returns how many documents there are. */
    int size();

    /**
     * Returns all documents, in the same order on every call, reading while it is consumed; to be closed.
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

    /** Returns what a user should know about how the corpus was read, such as files left out; mostly empty. */
    List<String> notes();
}
