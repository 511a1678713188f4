package dev.geotherm.engine.corpus;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.document.FileFormat;
import java.util.List;

/**
 * The options for opening a corpus.
 *
 * @param split the name of the judgements to use, such as {@code test}, {@code dev} or {@code train}; empty for the first
 *     of these that exists
 * @param keepUnknownJudgements whether judgements of unknown documents or queries are kept instead of refused; as in
 *     {@code trec_eval}, the documents count as never found and the queries as not answered
 * @param skipUnreadable whether files that cannot be read are left out of a folder instead of refusing all of it
 * @param formats formats of files in a folder that are not on the class path, such as those of plugins; their class loaders must
 *     stay open while the corpus is used
 */
public record CorpusOptions(
        String split, boolean keepUnknownJudgements, boolean skipUnreadable, List<FileFormat> formats) {

    /** Checks the split and copies the formats. */
    public CorpusOptions {
        requireNonNull(split, "split");
        formats = List.copyOf(formats);
    }

    /** Returns the defaults: the first split that exists, and whatever is wrong is refused. */
    public static CorpusOptions defaults() {
        return new CorpusOptions("", false, false, List.of());
    }

    /** Returns these options with another split. */
    public CorpusOptions withSplit(String newSplit) {
        return new CorpusOptions(newSplit, keepUnknownJudgements, skipUnreadable, formats);
    }

    /** Returns these options, but unknown documents and queries of judgements are kept. */
    public CorpusOptions keepingUnknownJudgements() {
        return new CorpusOptions(split, true, skipUnreadable, formats);
    }

    /** Returns these options, but unreadable files are skipped. */
    public CorpusOptions skippingUnreadable() {
        return new CorpusOptions(split, keepUnknownJudgements, true, formats);
    }

    /** Returns these options with other formats of files. */
    public CorpusOptions withFormats(List<FileFormat> newFormats) {
        return new CorpusOptions(split, keepUnknownJudgements, skipUnreadable, newFormats);
    }
}
