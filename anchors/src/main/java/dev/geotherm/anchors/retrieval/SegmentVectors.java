package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one segment, which never change, in column-major blocks: the first numbers of all vectors in the block,
 * then the second numbers, and so on. With this layout, vectorised code compares several vectors at once. The blocks are in
 * memory or, if the memory for vectors is used up, read from the file for each pass.
 */
final class SegmentVectors {
    /** The number of vectors per block. With vectors of 256 numbers, a block fits into the L2 cache. */
    private static final int BLOCK = 256;

    private final int[] docs;
    private final int dimension;
    private final int width;
    private final float @Nullable [] @Nullable [] blocks;

    private SegmentVectors(int[] docs, int dimension, boolean inMemory) {
        this.docs = docs;
        this.dimension = dimension;
        width = Math.min(BLOCK, (docs.length + 7) & ~7);
        blocks = inMemory ? new float[blocks()][] : null;
    }

    /**
     * Reads the vectors of a segment.
     *
     * @param inMemory the budget that decides whether a number of bytes may be kept in memory
     */
    static SegmentVectors of(LeafReader leaf, Budget inMemory) throws IOException {
        StoredVectors stored = StoredVectors.of(leaf);
        int[] docs = stored.documents();
        boolean kept = inMemory.reserve((long) docs.length * stored.dimension() * Float.BYTES);
        SegmentVectors vectors = new SegmentVectors(docs, stored.dimension(), kept);
        Blocks all = vectors.read(leaf);
        for (int block = 0; vectors.blocks != null && block < vectors.blocks(); block++) {
            vectors.blocks[block] = all.next(new float[0]);
        }
        return vectors;
    }

    /** The memory for vectors. */
    interface Budget {
        boolean reserve(long bytes);
    }

    int blocks() {
        return docs.length == 0 ? 0 : (docs.length + width - 1) / width;
    }

    /** Returns the number of columns of each block; the last block may be partly used. */
    int width() {
        return width;
    }

    /** Returns the number of vectors in a block. */
    int count(int block) {
        return Math.min(width, docs.length - block * width);
    }

    /** Returns the Lucene document of a column. */
    int doc(int block, int column) {
        return docs[block * width + column];
    }

    /** Starts a pass over all blocks. */
    Blocks read(LeafReader leaf) throws IOException {
        return new Blocks(StoredVectors.of(leaf));
    }

    /** A pass over the blocks, from the first to the last. */
    final class Blocks {
        private final StoredVectors stored;
        private int block;

        private Blocks(StoredVectors stored) {
            this.stored = stored;
        }

        /** Returns the next block from memory, or reads it into the given array, which is replaced if too short. */
        float[] next(float[] into) throws IOException {
            int current = block++;
            if (blocks != null && blocks[current] != null) {
                return blocks[current];
            }
            float[] columns = into.length < width * dimension ? new float[width * dimension] : into;
            for (int column = 0; column < count(current); column++) {
                stored.advanceTo(doc(current, column));
                float[] row = stored.vector();
                for (int i = 0; i < dimension; i++) {
                    columns[i * width + column] = row[i];
                }
            }
            return columns;
        }
    }
}
