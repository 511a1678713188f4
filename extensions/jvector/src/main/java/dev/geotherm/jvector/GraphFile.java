package dev.geotherm.jvector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * The two files of a graph. One has a fixed-size record per vector: the number of its neighbours in layer 0, and the
 * neighbours. The other one, which is read when the segment is opened, has the sizes and the upper layers.
 */
final class GraphFile {
    static final String EXTENSION = "jvg";
    private static final String LAYERS_EXTENSION = "jvm";
    private static final String CODEC = "GeothermJVectorGraph";
    private static final String LAYERS_CODEC = "GeothermJVectorLayers";
    private static final int VERSION = 0;

    private GraphFile() {}

    private static String name(SegmentInfo segment, String suffix, String extension) {
        return IndexFileNames.segmentFileName(segment.name, suffix, extension);
    }

    static void write(SegmentWriteState state, BuiltGraph graph) throws IOException {
        String records = name(state.segmentInfo, state.segmentSuffix, EXTENSION);
        try (IndexOutput out = state.directory.createOutput(records, state.context)) {
            CodecUtil.writeIndexHeader(out, CODEC, VERSION, state.segmentInfo.getId(), state.segmentSuffix);
            for (int node = 0; node < graph.size(0); node++) {
                int[] neighbours = graph.neighbours(0, node);
                out.writeInt(neighbours.length);
                for (int neighbour : Arrays.copyOf(neighbours, graph.degree())) {
                    out.writeInt(neighbour);
                }
            }
            CodecUtil.writeFooter(out);
        }
        String layers = name(state.segmentInfo, state.segmentSuffix, LAYERS_EXTENSION);
        try (IndexOutput out = state.directory.createOutput(layers, state.context)) {
            CodecUtil.writeIndexHeader(out, LAYERS_CODEC, VERSION, state.segmentInfo.getId(), state.segmentSuffix);
            out.writeVInt(graph.size(0));
            out.writeVInt(graph.degree());
            out.writeVInt(graph.layers());
            if (graph.layers() > 0) {
                out.writeVInt(graph.entry());
            }
            for (int layer = 1; layer < graph.layers(); layer++) {
                out.writeVInt(graph.size(layer));
                for (int node : graph.nodes(layer)) {
                    out.writeVInt(node);
                    int[] neighbours = graph.neighbours(layer, node);
                    out.writeVInt(neighbours.length);
                    for (int neighbour : neighbours) {
                        out.writeVInt(neighbour);
                    }
                }
            }
            CodecUtil.writeFooter(out);
        }
    }

    static StoredGraph read(SegmentReadState state, int dimension) throws IOException {
        int size;
        int degree;
        int entry;
        List<Map<Integer, int[]>> upper = new ArrayList<>();
        String layers = name(state.segmentInfo, state.segmentSuffix, LAYERS_EXTENSION);
        try (ChecksumIndexInput in = state.directory.openChecksumInput(layers, IOContext.READONCE)) {
            // Verify the checksum first, because damaged numbers would become array sizes.
            try (IndexInput whole = state.directory.openInput(layers, IOContext.READONCE)) {
                CodecUtil.checksumEntireFile(whole);
            }
            CodecUtil.checkIndexHeader(
                    in, LAYERS_CODEC, VERSION, VERSION, state.segmentInfo.getId(), state.segmentSuffix);
            size = in.readVInt();
            degree = in.readVInt();
            int count = in.readVInt();
            entry = count == 0 ? -1 : in.readVInt();
            for (int layer = 1; layer < count; layer++) {
                upper.add(layer(in));
            }
            CodecUtil.checkFooter(in);
        }
        String records = name(state.segmentInfo, state.segmentSuffix, EXTENSION);
        IndexInput in = state.directory.openInput(records, state.context);
        try {
            CodecUtil.checkIndexHeader(in, CODEC, VERSION, VERSION, state.segmentInfo.getId(), state.segmentSuffix);
            long start = in.getFilePointer();
            CodecUtil.retrieveChecksum(in);
            if (in.length() != start + (long) size * (degree + 1) * Integer.BYTES + CodecUtil.footerLength()) {
                throw new CorruptIndexException("a graph of " + size + " vectors has another length", in);
            }
            return new StoredGraph(in, start, size, degree, entry, dimension, upper);
        } catch (IOException | RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    private static Map<Integer, int[]> layer(IndexInput in) throws IOException {
        int nodes = in.readVInt();
        Map<Integer, int[]> layer = new HashMap<>();
        for (int i = 0; i < nodes; i++) {
            int node = in.readVInt();
            int[] neighbours = new int[in.readVInt()];
            for (int j = 0; j < neighbours.length; j++) {
                neighbours[j] = in.readVInt();
            }
            layer.put(node, neighbours);
        }
        return layer;
    }
}
