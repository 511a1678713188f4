package dev.geotherm.jvector;

import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.NodesIterator;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.store.IndexInput;

/** A graph in the files of a segment. Searches read layer 0 from its file; the upper layers are in memory. */
final class StoredGraph implements ImmutableGraphIndex, Closeable {
    private final IndexInput records;
    private final long start;
    private final int size;
    private final int degree;
    private final int entry;
    private final int dimension;
    private final List<Map<Integer, int[]>> upper;

    /**
     * Creates a graph.
     *
     * @param records the file of layer 0, which the graph closes
     * @param start the position of the first record
     * @param size the number of vectors
     * @param degree the maximum number of neighbours
     * @param entry the entry point of searches
     * @param dimension the length of the vectors
     * @param upper the neighbours in the upper layers, layer 1 first
     */
    StoredGraph(
            IndexInput records,
            long start,
            int size,
            int degree,
            int entry,
            int dimension,
            List<Map<Integer, int[]>> upper) {
        this.records = records;
        this.start = start;
        this.size = size;
        this.degree = degree;
        this.entry = entry;
        this.dimension = dimension;
        this.upper = upper;
    }

    void checkIntegrity() throws IOException {
        CodecUtil.checksumEntireFile(records);
    }

    int[] upperNeighbours(int layer, int node) {
        return upper.get(layer - 1).getOrDefault(node, new int[0]);
    }

    @Override
    public View getView() {
        return new StoredGraphView(this, records.clone(), start);
    }

    NodeAtLevel entryNode() {
        return new NodeAtLevel(getMaxLevel(), entry);
    }

    boolean contains(int layer, int node) {
        return layer == 0 ? containsNode(node) : upper.get(layer - 1).containsKey(node);
    }

    @Override
    public NodesIterator getNodes(int layer) {
        IntStream nodes = layer == 0
                ? IntStream.range(0, size)
                : upper.get(layer - 1).keySet().stream()
                        .mapToInt(Integer::intValue)
                        .sorted();
        return NodesIterator.fromPrimitiveIterator(nodes.iterator(), size(layer));
    }

    @Override
    public int size(int layer) {
        return layer == 0 ? size : upper.get(layer - 1).size();
    }

    @Override
    public int getMaxLevel() {
        return upper.size();
    }

    @Override
    public boolean isHierarchical() {
        return true;
    }

    @Override
    public int maxDegree() {
        return degree;
    }

    @Override
    public int getDegree(int layer) {
        return degree;
    }

    @Override
    public List<Integer> maxDegrees() {
        return Collections.nCopies(upper.size() + 1, degree);
    }

    @Override
    public double getAverageDegree(int layer) {
        try (View view = getView()) {
            return IntStream.generate(getNodes(layer)::nextInt)
                    .limit(size(layer))
                    .map(node -> view.getNeighborsIterator(layer, node).size())
                    .average()
                    .orElse(Double.NaN);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public int getDimension() {
        return dimension;
    }

    @Override
    public long ramBytesUsed() {
        long neighbours = upper.stream()
                .flatMap(layer -> layer.values().stream())
                .mapToLong(nodes -> 80L + (long) nodes.length * Integer.BYTES) // includes the map entry
                .sum();
        return 64 + neighbours;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
