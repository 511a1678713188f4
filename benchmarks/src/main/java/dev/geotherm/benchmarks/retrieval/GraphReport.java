package dev.geotherm.benchmarks.retrieval;

import com.sun.management.OperatingSystemMXBean;
import dev.geotherm.anchors.embedding.HashingEmbedderFactory;
import dev.geotherm.anchors.embedding.HashingEmbedderSettings;
import dev.geotherm.anchors.retrieval.LuceneIndexesFactory;
import dev.geotherm.anchors.retrieval.LuceneIndexesSettings;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.Settings;
import dev.geotherm.api.StandaloneContext;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Ranked;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A report on graphs of vectors, side by side with exact search in the same index: recall, processor time of a query, and what
 * graphs cost when the index is written. Arguments: a file with a text in each line, or {@code clustered} for random vectors
 * around centres; the settings {@code graphFrom} to compare, separated by commas; then the numbers of passages.
 */
public final class GraphReport {
    private static final int BATCH = 1_000;
    private static final int QUERIES = 200;
    private static final int DIMENSION = 256;

    private final List<String> texts;
    private final List<float[]> vectors = new ArrayList<>();

    private GraphReport(List<String> texts) {
        this.texts = texts;
    }

    /** Prints the report. */
    public static void main(String[] arguments) throws IOException {
        List<String> graphs = List.of(arguments[1].split(","));
        for (String size : Arrays.copyOfRange(arguments, 2, arguments.length)) {
            int count = Integer.parseInt(size);
            GraphReport report = new GraphReport(texts(arguments[0], count + QUERIES));
            report.embed(arguments[0].equals("clustered"));
            report.run(count, graphs);
        }
    }

    private static List<String> texts(String source, int count) throws IOException {
        if (source.equals("clustered")) {
            return Stream.iterate(0, i -> i + 1)
                    .limit(count)
                    .map(i -> "text " + i)
                    .toList();
        }
        List<String> all = new ArrayList<>(Files.readAllLines(Path.of(source)));
        Collections.shuffle(all, new Random(7));
        return List.copyOf(all.subList(0, Math.min(count, all.size())));
    }

    private void embed(boolean clustered) {
        Random random = new Random(8);
        float[][] centres = new float[1_000][DIMENSION];
        for (float[] centre : centres) {
            for (int i = 0; i < DIMENSION; i++) {
                centre[i] = (float) random.nextGaussian();
            }
        }
        try (Embedder embedder = new HashingEmbedderFactory()
                .create(Settings.defaults(HashingEmbedderSettings.class), ComponentContext.standalone("embedding"))) {
            for (String text : texts) {
                float[] vector = clustered ? centres[random.nextInt(centres.length)].clone() : embedder.embed(text);
                for (int i = 0; clustered && i < DIMENSION; i++) {
                    vector[i] += 0.5f * (float) random.nextGaussian();
                }
                vectors.add(vector);
            }
        }
    }

    private void run(int count, List<String> graphs) throws IOException {
        int passages = Math.min(count, texts.size() - QUERIES);
        System.out.printf(Locale.ROOT, "%,d passages%n", passages);
        for (String from : graphs) {
            Path folder = Files.createTempDirectory("graphs");
            try (StandaloneContext context = ComponentContext.standalone("retrieval");
                    PassageIndexes indexes = new LuceneIndexesFactory()
                            .create(Settings.of(LuceneIndexesSettings.class, Map.of("graphFrom", from)), context);
                    PassageIndex index = indexes.open("report", folder.resolve("index"))) {
                System.out.println("  graphFrom " + from);
                write(index, passages, folder);
                search(indexes, index, passages, from);
            }
        }
    }

    private void write(PassageIndex index, int passages, Path folder) throws IOException {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = process.getProcessCpuTime();
        long start = System.nanoTime();
        for (int from = 0; from < passages; from += BATCH) {
            List<Passage> batch = new ArrayList<>();
            for (int i = from; i < Math.min(passages, from + BATCH); i++) {
                String text = texts.get(i);
                batch.add(
                        new Passage("p" + i, "d" + i, "", text, 0, text.length(), Instant.EPOCH, null, vectors.get(i)));
            }
            index.index(batch);
            index.commit("" + from);
        }
        index.refresh();
        long bytes;
        try (Stream<Path> files = Files.walk(folder)) {
            bytes = files.mapToLong(file -> file.toFile().length()).sum();
        }
        System.out.printf(
                Locale.ROOT,
                "  written in %.1f s, %.1f s of processor time, %,d KiB%n",
                (System.nanoTime() - start) / 1e9,
                (process.getProcessCpuTime() - processor) / 1e9,
                bytes >> 10);
    }

    @SuppressWarnings("unchecked") // what the implementation lucene is
    private void search(PassageIndexes indexes, PassageIndex index, int passages, String from) {
        Reconfigurable<LuceneIndexesSettings> tuned = (Reconfigurable<LuceneIndexesSettings>) indexes;
        List<List<String>> exact = List.of();
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        for (int candidates : from.equals("0") ? new int[] {0} : new int[] {0, 50, 100, 200}) {
            tuned.reconfigure(Settings.of(
                    LuceneIndexesSettings.class,
                    candidates == 0
                            ? Map.of("graphFrom", "0")
                            : Map.of("graphFrom", from, "graphCandidates", "" + candidates)));
            List<List<String>> found = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            long graphs = index.metrics().graphSearches();
            for (int kind = 0; kind < 4; kind++) {
                double[] times = new double[QUERIES];
                for (int round = 0; round < 3; round++) {
                    for (int i = 0; i < QUERIES; i++) {
                        Query query = query(kind, passages + i);
                        long start = thread.getCurrentThreadCpuTime();
                        List<Ranked> ranked =
                                index.retriever().rankAll(List.of(query)).get(0);
                        times[i] = (thread.getCurrentThreadCpuTime() - start) / 1e6;
                        if (kind == 0 && round == 0) {
                            found.add(ranked.stream().map(Ranked::id).toList());
                        }
                    }
                }
                Arrays.sort(times);
                line.append(String.format(
                        Locale.ROOT,
                        "  %s %.2f ms",
                        List.of("similarity 10", "similarity 1000", "fused 10", "lexical 10")
                                .get(kind),
                        times[QUERIES / 2]));
            }
            exact = candidates == 0 ? found : exact;
            System.out.printf(
                    Locale.ROOT,
                    "  %s: recall@10 %.3f, %.1f graphs a query %s%n",
                    candidates == 0 ? "exact" : candidates + " candidates",
                    recall(exact, found),
                    (index.metrics().graphSearches() - graphs) / (9.0 * QUERIES),
                    line);
        }
    }

    private Query query(int kind, int place) {
        String text = texts.get(place);
        return switch (kind) {
            case 0 -> Query.similarity(vectors.get(place), 10);
            case 1 -> Query.similarity(vectors.get(place), 1_000);
            case 2 -> Query.fused(text, vectors.get(place), 10);
            default -> Query.lexical(text, 10);
        };
    }

    private static double recall(List<List<String>> expected, List<List<String>> found) {
        int both = 0;
        int all = 0;
        for (int i = 0; i < expected.size(); i++) {
            Set<String> common = new HashSet<>(expected.get(i));
            all += common.size();
            common.retainAll(found.get(i));
            both += common.size();
        }
        return both / (double) all;
    }
}
