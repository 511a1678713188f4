package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.engine.corpus.Corpus;

/**
 * The options of an ingestion.
 *
 * @param source the name of the source, which identifies its documents in later ingestions
 * @param keepMissing whether documents that are no longer in the source are kept instead of removed
 * @param rebuild whether everything is embedded again if settings of splitter, scrubber or embedder have changed; without
 *     it, the ingestion is refused then
 */
public record IngestOptions(String source, boolean keepMissing, boolean rebuild) {

    /** Checks the source. */
    public IngestOptions {
        requireNonNull(source, "source");
    }

    /** Returns the defaults: the source has the name of the corpus, and missing documents are removed. */
    public static IngestOptions of(Corpus corpus) {
        return new IngestOptions(corpus.name(), false, false);
    }

    /** Returns these options with another name of the source. */
    public IngestOptions withSource(String newSource) {
        return new IngestOptions(newSource, keepMissing, rebuild);
    }

    /** Returns these options, but missing documents are kept. */
    public IngestOptions keepingMissing() {
        return new IngestOptions(source, true, rebuild);
    }

    /** Returns these options, but everything is embedded again if settings have changed. */
    public IngestOptions rebuilding() {
        return new IngestOptions(source, keepMissing, true);
    }
}
