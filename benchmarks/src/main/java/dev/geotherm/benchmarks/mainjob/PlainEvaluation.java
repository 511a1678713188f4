package dev.geotherm.benchmarks.mainjob;

import dev.geotherm.api.anchor.Embedder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;

/**
 * The evaluation: BM25 and exact cosines to a depth of 1,000, fused by reciprocal ranks, by two threads. It writes a run file
 * and the rankings as JSON, and returns the measures.
 */
final class PlainEvaluation {
    static final String FIELD = "content";

    private static final int DEPTH = 1_000;
    private static final int GROUP = 16;
    private static final int FUSION_K = 60;
    private static final double LEXICAL_WEIGHT = 0.9;

    private final PlainPassages passages;
    private final Embedder embedder;
    private final List<PlainFiles.Line> queries;
    private final IndexSearcher searcher;
    private final List<List<String>> found = new ArrayList<>();
    private final byte[][] runs;
    private final byte[][] json;

    PlainEvaluation(PlainPassages passages, Embedder embedder, List<PlainFiles.Line> queries) {
        this.passages = passages;
        this.embedder = embedder;
        this.queries = queries;
        searcher = new IndexSearcher(passages.reader);
        searcher.setSimilarity(similarity());
        searcher.setQueryCache(null);
        queries.forEach(query -> found.add(new ArrayList<>()));
        runs = new byte[queries.size()][];
        json = new byte[queries.size()][];
    }

    static BM25Similarity similarity() {
        return new BM25Similarity(0.9f, 0.4f);
    }

    PlainMeasures run(Map<String, Map<String, Integer>> judgements, Path out) throws Exception {
        TwoThreads.run(queries.size(), GROUP, () -> new Answers()::group);
        write(out.resolve("run.trec"), runs);
        write(out.resolve("evaluation.jsonl"), json);
        PlainMeasures measures = new PlainMeasures();
        for (int i = 0; i < found.size(); i++) {
            Map<String, Integer> grades = judgements.get(queries.get(i).id());
            if (grades != null) {
                measures.add(found.get(i), grades);
            }
        }
        return measures;
    }

    private static void write(Path file, byte[][] parts) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (byte[] part : parts) {
                out.write(part);
            }
        }
    }

    /** The arrays of one thread. */
    private final class Answers {
        private final int dimension = embedder.dimension();
        private final int limit = Math.min(DEPTH, passages.count);
        private final BestScores best = new BestScores(passages.ranks, passages.byRank, limit);
        private final float[][] rows = new float[GROUP][dimension];
        private final float[][] cosines = new float[GROUP][passages.count];
        private final float[] words = new float[passages.count];
        private final double[] fused = new double[passages.count];
        private final int[] touched = new int[2 * limit];
        private int touchedCount;

        void group(int from, int to) throws IOException {
            List<String> texts = new ArrayList<>();
            for (int i = from; i < to; i++) {
                texts.add(queries.get(i).text());
            }
            embedder.embed(texts, rows);
            for (int passage = 0; passage < passages.count; passage++) {
                for (int i = 0; i < to - from; i++) {
                    float dot = dot(rows[i], passages.vectors, passage * dimension, dimension);
                    cosines[i][passage] = Math.max(-1, Math.min(1, dot));
                }
            }
            for (int i = from; i < to; i++) {
                searchWords(texts.get(i - from));
                touchedCount = 0;
                fuse(best.find(words), LEXICAL_WEIGHT);
                boolean zero = true;
                for (float number : rows[i - from]) {
                    zero &= number == 0;
                }
                fuse(zero ? 0 : best.find(cosines[i - from]), 1 - LEXICAL_WEIGHT);
                rank(i);
            }
        }

        private void searchWords(String text) throws IOException {
            Arrays.fill(words, Float.NEGATIVE_INFINITY);
            Map<String, Integer> counts = new LinkedHashMap<>();
            try (TokenStream tokens = passages.analyzer.tokenStream(FIELD, text)) {
                CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
                tokens.reset();
                while (tokens.incrementToken()) {
                    counts.merge(term.toString(), 1, Integer::sum);
                }
                tokens.end();
            }
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            counts.forEach((word, count) -> {
                Query one = new TermQuery(new Term(FIELD, word));
                any.add(count == 1 ? one : new BoostQuery(one, count), BooleanClause.Occur.SHOULD);
            });
            searcher.search(any.build(), new Collector() {
                @Override
                public ScoreMode scoreMode() {
                    return ScoreMode.COMPLETE;
                }

                @Override
                public LeafCollector getLeafCollector(LeafReaderContext context) {
                    return new WordCollector(context.docBase);
                }
            });
        }

        private final class WordCollector implements LeafCollector {
            private final int base;

            @SuppressWarnings("NullAway.Init") // set before the first document
            private Scorable scorer;

            WordCollector(int base) {
                this.base = base;
            }

            @Override
            public void setScorer(Scorable newScorer) {
                scorer = newScorer;
            }

            @Override
            public void collect(int doc) throws IOException {
                words[passages.passages[base + doc]] = scorer.score();
            }
        }

        private void fuse(int count, double weight) {
            for (int rank = 0; rank < count; rank++) {
                int passage = best.best[rank];
                if (fused[passage] == 0) {
                    touched[touchedCount++] = passage;
                }
                fused[passage] += weight / (FUSION_K + rank + 1);
            }
        }

        /** Ranks documents by their best passages, and writes the ranking. */
        private void rank(int query) {
            Integer[] order = new Integer[touchedCount];
            for (int i = 0; i < touchedCount; i++) {
                order[i] = touched[i];
            }
            Arrays.sort(order, (a, b) -> {
                int byScore = Double.compare(fused[b], fused[a]);
                return byScore != 0 ? byScore : Integer.compare(passages.ranks[a], passages.ranks[b]);
            });
            String id = queries.get(query).id();
            StringBuilder run = new StringBuilder(1 << 16);
            StringBuilder object = new StringBuilder(1 << 16)
                    .append("{\"id\":\"")
                    .append(id)
                    .append("\",\"status\":\"ok\",\"value\":[");
            Set<String> seen = new HashSet<>(4 * DEPTH);
            float last = Float.POSITIVE_INFINITY;
            List<String> ranked = found.get(query);
            for (int i = 0; i < touchedCount && i < limit; i++) {
                String document = passages.documents[order[i]];
                if (seen.add(document)) {
                    float score = (float) fused[order[i]];
                    last = score < last ? score : Math.nextDown(last);
                    object.append(ranked.isEmpty() ? "[\"" : ",[\"")
                            .append(document)
                            .append("\",")
                            .append(fused[order[i]])
                            .append(']');
                    ranked.add(document);
                    run.append(id)
                            .append(" Q0 ")
                            .append(document)
                            .append(' ')
                            .append(ranked.size())
                            .append(' ')
                            .append(last)
                            .append(" plain\n");
                }
            }
            for (int i = 0; i < touchedCount; i++) {
                fused[touched[i]] = 0;
            }
            runs[query] = run.toString().getBytes(StandardCharsets.UTF_8);
            json[query] = object.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static float dot(float[] a, float[] b, int start, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int i = 0; i < length; i += 8) {
            s0 += a[i] * b[start + i];
            s1 += a[i + 1] * b[start + i + 1];
            s2 += a[i + 2] * b[start + i + 2];
            s3 += a[i + 3] * b[start + i + 3];
            s4 += a[i + 4] * b[start + i + 4];
            s5 += a[i + 5] * b[start + i + 5];
            s6 += a[i + 6] * b[start + i + 6];
            s7 += a[i + 7] * b[start + i + 7];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
