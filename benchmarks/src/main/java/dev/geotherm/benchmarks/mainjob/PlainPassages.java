package dev.geotherm.benchmarks.mainjob;

import dev.geotherm.api.anchor.Embedder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.MMapDirectory;

/**
 * The passages of a corpus: documents are split at sentences, embedded, and indexed by two threads. Vectors are in one array,
 * in the order of the documents.
 */
final class PlainPassages implements AutoCloseable {
    private static final int LONGEST = 1_000;
    private static final int AT_ONCE = 64;
    private static final int BUFFER = 64;

    private final MMapDirectory folder;
    private final IndexWriter writer;
    final EnglishAnalyzer analyzer = new EnglishAnalyzer();
    final DirectoryReader reader;
    final int count;
    /** By passage: its document, its vector, and its rank in the order of ids; by rank, the passage. */
    final String[] documents;

    final float[] vectors;
    final int[] ranks;
    final int[] byRank;
    /** By Lucene document, the passage. */
    final int[] passages;

    PlainPassages(List<PlainFiles.Line> lines, Embedder embedder, Path index) throws Exception {
        List<PlainFiles.Line> pieces = new ArrayList<>(lines.size());
        List<String> ids = new ArrayList<>(lines.size());
        for (PlainFiles.Line line : lines) {
            int number = 0;
            for (String piece : split(line.text())) {
                pieces.add(new PlainFiles.Line(line.id(), line.title(), piece));
                ids.add(line.id() + "#" + number++);
            }
        }
        count = pieces.size();
        int dimension = embedder.dimension();
        documents = new String[count];
        vectors = new float[count * dimension];
        folder = new MMapDirectory(index);
        writer = new IndexWriter(
                folder,
                new IndexWriterConfig(analyzer)
                        .setRAMBufferSizeMB(BUFFER)
                        .setSimilarity(PlainEvaluation.similarity())
                        .setCommitOnClose(false));
        TwoThreads.run(count, AT_ONCE, () -> {
            float[][] rows = new float[AT_ONCE][dimension];
            return (from, to) -> {
                List<String> texts = new ArrayList<>(AT_ONCE);
                for (int i = from; i < to; i++) {
                    texts.add(withTitle(pieces.get(i)));
                }
                embedder.embed(texts, rows);
                for (int i = from; i < to; i++) {
                    documents[i] = pieces.get(i).id();
                    System.arraycopy(rows[i - from], 0, vectors, i * dimension, dimension);
                    Document document = new Document();
                    document.add(new NumericDocValuesField("n", i));
                    document.add(new TextField(
                            PlainEvaluation.FIELD,
                            pieces.get(i).title() + " " + pieces.get(i).text(),
                            Field.Store.NO));
                    writer.addDocument(document);
                }
            };
        });
        ranks = new int[count];
        byRank = order(ids);
        for (int rank = 0; rank < count; rank++) {
            ranks[byRank[rank]] = rank;
        }
        reader = DirectoryReader.open(writer);
        passages = new int[reader.maxDoc()];
        for (LeafReaderContext leaf : reader.leaves()) {
            NumericDocValues numbers = leaf.reader().getNumericDocValues("n");
            for (int doc = numbers.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = numbers.nextDoc()) {
                passages[leaf.docBase + doc] = (int) numbers.longValue();
            }
        }
    }

    private static String withTitle(PlainFiles.Line piece) {
        if (piece.title().isBlank() || piece.text().startsWith(piece.title())) {
            return piece.text();
        }
        return piece.text().isBlank() ? piece.title() : piece.title() + "\n" + piece.text();
    }

    /** Returns whole sentences, as many as fit into a piece. */
    private static List<String> split(String text) {
        if (text.length() <= LONGEST) {
            return List.of(text);
        }
        List<String> pieces = new ArrayList<>();
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        int start = 0;
        int end = 0;
        for (int next = sentences.next(); next != BreakIterator.DONE; next = sentences.next()) {
            if (next - start > LONGEST && end > start) {
                pieces.add(text.substring(start, end));
                start = end;
            }
            end = next;
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    private static int[] order(List<String> ids) {
        byte[][] keys = new byte[ids.size()][];
        Integer[] order = new Integer[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ids.get(i).getBytes(StandardCharsets.UTF_8);
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(keys[a], keys[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void close() throws Exception {
        reader.close();
        writer.rollback();
        folder.close();
    }
}
