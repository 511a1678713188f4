package dev.geotherm.engine.corpus;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.document.FileFormat;
import java.util.List;

/**
 * The options for opening a corpus.
 *
 * @param split the name of the judgements to use, such as {@code test}, {@code dev} or {@code train}; empty for the first
 *     of these splits that exists
 * @param keepUnknownJudgements whether to keep judgements of unknown documents or queries instead of refusing them; as in
 *     {@code trec_eval}, the documents count as never found and the queries as unanswered
 * @param skipUnreadable whether to skip unreadable files in a folder instead of refusing the folder
 * @param formats the file formats that are not on the class path, such as those of plugins; their class loaders must stay
 *     open while the corpus is used
 */
public record CorpusOptions(
        String split, boolean keepUnknownJudgements, boolean skipUnreadable, List<FileFormat> formats) {

    /** Validates the split and copies the formats. */
    public CorpusOptions {
        requireNonNull(split, "split");
        formats = List.copyOf(formats);
    }

    /** Returns the default options: the first split that exists, and refusal of all problems. */
    public static CorpusOptions defaults() {
        return new CorpusOptions("", false, false, List.of());
    }

    /** Returns these options with another split. */
    public CorpusOptions withSplit(String newSplit) {
        return new CorpusOptions(newSplit, keepUnknownJudgements, skipUnreadable, formats);
    }

    /** Returns these options, with judgements of unknown documents and queries kept. */
    public CorpusOptions keepingUnknownJudgements() {
        return new CorpusOptions(split, true, skipUnreadable, formats);
    }

    /** Returns these options, with unreadable files skipped. */
    public CorpusOptions skippingUnreadable() {
        return new CorpusOptions(split, keepUnknownJudgements, true, formats);
    }

    /** Returns these options with other file formats. */
    public CorpusOptions withFormats(List<FileFormat> newFormats) {
        return new CorpusOptions(split, keepUnknownJudgements, skipUnreadable, newFormats);
    }
}
