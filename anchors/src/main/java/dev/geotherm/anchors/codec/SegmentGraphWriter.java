package dev.geotherm.anchors.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * A writer of one segment's vectors. It chooses the format once the number of vectors is known. For a new segment, that is
 * at its flush; until then, the vectors are in memory.
 */
final class SegmentGraphWriter extends KnnVectorsWriter {
    private final SegmentGraphFormat format;
    private final SegmentWriteState state;
    private final List<BufferedVectors> buffered = new ArrayList<>();
    private @Nullable KnnVectorsWriter writer;

    SegmentGraphWriter(SegmentGraphFormat format, SegmentWriteState state) {
        this.format = format;
        this.state = state;
    }

    @Override
    public KnnFieldVectorsWriter<?> addField(FieldInfo field) {
        BufferedVectors vectors = new BufferedVectors(field);
        buffered.add(vectors);
        return vectors;
    }

    @Override
    public void flush(int maxDoc, Sorter.@Nullable DocMap sorted) throws IOException {
        KnnVectorsWriter chosen =
                choose(buffered.stream().mapToInt(BufferedVectors::size).sum());
        for (BufferedVectors each : buffered) {
            each.moveTo(chosen);
        }
        chosen.flush(maxDoc, sorted);
    }

    @Override
    public void mergeOneField(FieldInfo field, MergeState merged) throws IOException {
        choose(vectors(field, merged)).mergeOneField(field, merged);
    }

    private static int vectors(FieldInfo field, MergeState merged) throws IOException {
        int count = 0;
        for (int i = 0; i < merged.knnVectorsReaders.length; i++) {
            boolean hasVectors = merged.knnVectorsReaders[i] != null
                    && merged.fieldInfos[i].fieldInfo(field.name) != null
                    && merged.fieldInfos[i].fieldInfo(field.name).hasVectorValues();
            if (hasVectors) {
                FloatVectorValues values = merged.knnVectorsReaders[i].getFloatVectorValues(field.name);
                Bits live = merged.liveDocs[i];
                for (int doc = values.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = values.nextDoc()) {
                    count += live == null || live.get(doc) ? 1 : 0;
                }
            }
        }
        return count;
    }

    private KnnVectorsWriter choose(int vectors) throws IOException {
        if (writer == null) {
            writer = format.formatFor(vectors).fieldsWriter(state);
        }
        return writer;
    }

    @Override
    public void finish() throws IOException {
        choose(0).finish();
    }

    @Override
    public long ramBytesUsed() {
        long bytes = writer == null ? 0 : writer.ramBytesUsed();
        for (BufferedVectors each : buffered) {
            bytes += each.ramBytesUsed();
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(writer);
    }
}
