package dev.geotherm.testkit.anchor;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.anchor.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The fixture of {@link PassageIndexesContract}: the index and the retriever under test, and test data. */
@SuppressWarnings("NullAway.Init") // set before each test
final class PassageIndexFixture {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String[] WORDS = {"apple", "pear", "plum", "cherry", "grape", "lemon"};

    private final PassageIndexesContract contract;
    private Path folder;
    PassageIndexes indexes;
    PassageIndex index;
    Retriever retriever;

    PassageIndexFixture(PassageIndexesContract contract) {
        this.contract = contract;
    }

    void open(Path newFolder) {
        folder = newFolder;
        indexes = another("retrieval");
        index = indexes.open("tested");
        retriever = index.retriever();
    }

    void close() {
        indexes.close();
    }

    /** Opens another component; the caller closes it. */
    PassageIndexes another(String instance) {
        return contract.open(ComponentContext.standalone(instance).withWorkDirectory(folder.resolve(instance)));
    }

    /** Opens another temporary index; the caller closes it. */
    PassageIndex openAs(String name) {
        return indexes.open(name);
    }

    /** Returns a folder for a durable index; the folder does not exist yet. */
    Path durable() {
        return folder.resolve("durable");
    }

    /** Opens the durable index; the caller closes it. */
    PassageIndex openDurable() {
        return indexes.open("durable", durable());
    }

    /** Indexes passages and makes them visible. */
    void have(Passage... passages) {
        index.index(List.of(passages));
        index.refresh();
    }

    /** Returns the ids of the passages that a query finds. */
    List<String> found(Query query) {
        return retriever.search(query).stream().map(Hit::passage).toList();
    }

    static Passage passage(String id, String text, float... embedding) {
        return passage(id, "doc", "", text, 0, NOON, null, embedding);
    }

    static Passage atTime(String id, String text, Instant time) {
        return passage(id, "doc", "", text, 0, time, null);
    }

    static Passage ofAnchor(String id, @Nullable AnchorId anchor, float... embedding) {
        return passage(id, "doc", "", "", 0, NOON, anchor, embedding);
    }

    static Passage inDocument(String id, String document, int start) {
        return passage(id, document, "", "text", start, NOON, null);
    }

    /** Returns a passage, without an embedding if no numbers are given. */
    @SuppressWarnings("NullAway") // NullAway does not see in class files that the embedding of a passage may be null
    static Passage passage(
            String id,
            String document,
            String title,
            String text,
            int start,
            Instant time,
            @Nullable AnchorId anchor,
            float... embedding) {
        return new Passage(
                id,
                document,
                title,
                text,
                start,
                start + text.length(),
                time,
                anchor,
                embedding.length == 0 ? null : embedding);
    }

    /** Returns the content of a passage without the embedding, which an index normalises. */
    static List<Object> content(Passage passage) {
        return Arrays.asList(
                passage.id(),
                passage.document(),
                passage.title(),
                passage.text(),
                passage.start(),
                passage.end(),
                passage.timestamp(),
                passage.anchor(),
                passage.source(),
                passage.hash(),
                passage.ingested());
    }

    static float[] vector(Random random, int length) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    static double cosine(float[] a, float[] b) {
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            lengthB += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(lengthA * lengthB);
    }

    /** Returns passages {@code p0}, {@code p1}, …; each query of {@link #queries} finds some of them. */
    static List<Passage> varied(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Passage(
                        "p" + i,
                        "doc" + i % 3,
                        WORDS[random.nextInt(3)],
                        "apple " + WORDS[random.nextInt(6)] + " " + WORDS[random.nextInt(6)],
                        random.nextInt(10),
                        20,
                        NOON.plusSeconds(random.nextInt(20)),
                        new AnchorId("x" + i % 4),
                        vector(random, 4)))
                .toList();
    }

    static List<Query> queries(Random random, int limit) {
        String text = "apple " + WORDS[random.nextInt(6)] + " " + WORDS[random.nextInt(6)];
        float[] vector = vector(random, 4);
        return List.of(
                Query.lexical(text, limit),
                Query.similarity(vector, limit),
                Query.fused(text, vector, limit),
                Query.weighted(text, vector, limit),
                Query.composite(text, vector, limit).withWeights(Weights.parse("lexical=3,similarity=2,time=1")),
                Query.newest(text, limit),
                Query.near(new AnchorId("x1"), limit),
                Query.ofDocument("doc1", limit));
    }
}
