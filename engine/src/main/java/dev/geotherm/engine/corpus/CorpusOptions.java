package dev.geotherm.engine.corpus;

import static java.util.Objects.requireNonNull;

/**
 * The options for opening a corpus.
 *
 * @param split the name of the judgements to use, such as {@code test}, {@code dev} or {@code train}; empty for the first
 *     of these that exists
 * @param keepUnknownJudgements whether judgements of unknown documents or queries are kept instead of refused; as in
 *     {@code trec_eval}, the documents count as never found and the queries as not answered
 * @param skipUnreadable whether files that cannot be read are left out of a folder instead of refusing all of it
 */
public record CorpusOptions(String split, boolean keepUnknownJudgements, boolean skipUnreadable) {

    /** Checks the split. */
    public CorpusOptions {
        requireNonNull(split, "split");
    }

    /** Returns the defaults: the first split that exists, and whatever is wrong is refused. */
    public static CorpusOptions defaults() {
        return new CorpusOptions("", false, false);
    }

    /** Returns these options with another split. */
    public CorpusOptions withSplit(String newSplit) {
        return new CorpusOptions(newSplit, keepUnknownJudgements, skipUnreadable);
    }

    /** Returns these options, but unknown documents and queries of judgements are kept. */
    public CorpusOptions keepingUnknownJudgements() {
        return new CorpusOptions(split, true, skipUnreadable);
    }

    /** Returns these options, but unreadable files are skipped. */
    public CorpusOptions skippingUnreadable() {
        return new CorpusOptions(split, keepUnknownJudgements, true);
    }
}
