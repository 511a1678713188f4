package dev.geotherm.anchors.codec;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * A Lucene vector format: the vectors of a segment and, for many vectors, a navigable graph. For few vectors, comparing all
 * of them with a query is faster than a graph search, and adds no cost to writing.
 *
 * <p>The vectors are in the files of Lucene's flat format. A graph is in further files, which identify its kind; if the kind
 * is unknown, the segment is read without the graph. The format supports indexes with one vector field.
 */
@AutoService(KnnVectorsFormat.class)
public final class SegmentGraphFormat extends KnnVectorsFormat {
    private static final String NAME = "GeothermSegmentGraph"; // written to segments, so it must never change
    private static final int MOST_DIMENSIONS = 1 << 16;
    private static final FlatVectorsFormat FLAT =
            new Lucene99FlatVectorsFormat(FlatVectorScorerUtil.getLucene99FlatVectorsScorer());

    /** The known kinds by extension. Static, because Lucene itself creates the format that reads a segment. */
    private static final Map<String, KnnVectorsFormat> KINDS =
            new ConcurrentHashMap<>(Map.of(LuceneGraphs.EXTENSION, new Lucene99HnswVectorsFormat()));

    private final IntSupplier graphFrom;
    private final KnnVectorsFormat graph;

    /** Creates a format for reading; called by Lucene. */
    public SegmentGraphFormat() {
        this(() -> Integer.MAX_VALUE, FLAT);
    }

    private SegmentGraphFormat(IntSupplier graphFrom, KnnVectorsFormat graph) {
        super(NAME);
        this.graphFrom = graphFrom;
        this.graph = graph;
    }

    /**
     * Returns Lucene's codec with this format, and registers the kind: segments with graphs of this kind are read with their
     * graphs from now on.
     *
     * @param graphFrom the minimum number of vectors of a segment with a graph, read for each segment
     * @param kind the kind of new graphs
     * @param degree the maximum number of neighbours of a vector in a graph
     * @param beam the number of candidates from which the neighbours of a new vector are chosen
     */
    public static Codec codec(IntSupplier graphFrom, GraphKind kind, int degree, int beam) {
        KnnVectorsFormat graph = kind.format(degree, beam);
        KINDS.put(kind.extension(), graph);
        KnnVectorsFormat format = new SegmentGraphFormat(graphFrom, graph);
        return new Lucene912Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        };
    }

    /** Returns whether a segment has a graph for a vector field. */
    public static boolean hasGraph(LeafReader leaf, String field) {
        KnnVectorsReader reader = ((CodecReader) leaf).getVectorReader();
        KnnVectorsReader ofField =
                reader instanceof PerFieldKnnVectorsFormat.FieldsReader all ? all.getFieldReader(field) : reader;
        return ofField != null && !(ofField instanceof FlatVectorsReader);
    }

    /** Returns the format for a segment with a number of vectors. */
    KnnVectorsFormat formatFor(int vectors) {
        return vectors >= graphFrom.getAsInt() ? graph : FLAT;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) {
        return new SegmentGraphWriter(this, state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        Collection<String> files = state.segmentInfo.getUseCompoundFile()
                ? Arrays.asList(state.directory.listAll())
                : state.segmentInfo.files();
        for (Map.Entry<String, KnnVectorsFormat> kind : KINDS.entrySet()) {
            if (files.contains(
                    IndexFileNames.segmentFileName(state.segmentInfo.name, state.segmentSuffix, kind.getKey()))) {
                return kind.getValue().fieldsReader(state);
            }
        }
        return FLAT.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return MOST_DIMENSIONS;
    }
}
