package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.engine.corpus.Corpus;

/**
 * The options of an ingestion.
 *
 * @param source the name of the source, which identifies its documents in later ingestions
 * @param keepMissing whether to keep documents that are no longer in the source instead of removing them
 * @param rebuild whether to embed everything again if the settings of splitter, scrubber or embedder have changed; otherwise
 *     the ingestion is then refused
 */
public record IngestOptions(String source, boolean keepMissing, boolean rebuild) {

    /** Validates the source. */
    public IngestOptions {
        requireNonNull(source, "source");
    }

    /** Returns the default options: the source has the name of the corpus, and missing documents are removed. */
    public static IngestOptions of(Corpus corpus) {
        return new IngestOptions(corpus.name(), false, false);
    }

    /** Returns these options with another source name. */
    public IngestOptions withSource(String newSource) {
        return new IngestOptions(newSource, keepMissing, rebuild);
    }

    /** Returns these options, with missing documents kept. */
    public IngestOptions keepingMissing() {
        return new IngestOptions(source, true, rebuild);
    }

    /** Returns these options, with everything embedded again if settings have changed. */
    public IngestOptions rebuilding() {
        return new IngestOptions(source, keepMissing, true);
    }
}
