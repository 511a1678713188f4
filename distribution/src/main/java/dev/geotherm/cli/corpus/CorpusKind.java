package dev.geotherm.cli.corpus;

import dev.geotherm.api.GeothermException;

/** The kinds of corpora there are, told apart by looking. */
final class CorpusKind {
    private CorpusKind() {}

    @SuppressWarnings("DoNotCallSuggester") // kinds follow
    static Corpus open(String nameOrPath) {
        throw new GeothermException("'" + nameOrPath + "' is no corpus");
    }
}
