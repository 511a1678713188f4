package dev.geotherm.engine;

import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusQuery;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.corpus.Judgement;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A corpus in memory. */
record ListCorpus(
        String name, List<Document> list, List<CorpusQuery> queries, List<Judgement> judgements, boolean isComplete)
        implements Corpus {
    private static final String NAME = "list";

    private static final List<String> WORDS = List.of(
            "anchor",
            "basalt",
            "crater",
            "delta",
            "ember",
            "fumarole",
            "geyser",
            "heat",
            "isotope",
            "joule",
            "kelvin",
            "lava",
            "magma",
            "node",
            "obsidian",
            "plume",
            "quartz",
            "rift",
            "steam",
            "tremor",
            "uplift",
            "vent");

    ListCorpus(List<Document> list, List<CorpusQuery> queries, List<Judgement> judgements) {
        this(NAME, list, queries, judgements, true);
    }

    /** Returns this corpus with another name. */
    ListCorpus named(String newName) {
        return new ListCorpus(newName, list, queries, judgements, isComplete);
    }

    /** Returns this corpus as one that left files out. */
    ListCorpus incomplete() {
        return new ListCorpus(name, list, queries, judgements, false);
    }

    /** Returns documents {@code d0}, {@code d1}, … of random words, and queries of which each has one judgement. */
    static ListCorpus random(int documents, int queries, long seed) {
        Random random = new Random(seed);
        return new ListCorpus(
                IntStream.range(0, documents)
                        .mapToObj(i -> document("d" + i, words(random, 12)))
                        .toList(),
                IntStream.range(0, queries)
                        .mapToObj(i -> new CorpusQuery("q" + i, words(random, 3)))
                        .toList(),
                IntStream.range(0, queries)
                        .mapToObj(i -> new Judgement("q" + i, "d" + i, 1))
                        .toList());
    }

    static ListCorpus of(Document... documents) {
        return new ListCorpus(List.of(documents), List.of(), List.of());
    }

    static Document document(String id, String text) {
        return new Document(id, "", text, "list");
    }

    private static String words(Random random, int count) {
        return String.join(
                " ",
                IntStream.range(0, count)
                        .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                        .toList());
    }

    @Override
    public int size() {
        return list.size();
    }

    @Override
    public Stream<Document> documents() {
        return list.stream();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }
}
