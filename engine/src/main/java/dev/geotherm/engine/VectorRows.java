package dev.geotherm.engine;

import dev.geotherm.api.pool.Allocator;
import java.util.Arrays;

/**
 * A pooled buffer for the embeddings of one batch.
 *
 * <p>Not thread-safe.
 */
final class VectorRows {
    /** The initial number of rows, enough for a typical batch; the buffer grows for a larger one. */
    private static final int USUAL = 64;

    private final int dimension;
    private float[][] rows;

    private VectorRows(int dimension) {
        this.dimension = dimension;
        this.rows = new float[USUAL][dimension];
    }

    /** Returns at least {@code count} rows with undefined content. */
    float[][] atLeast(int count) {
        if (rows.length < count) {
            int had = rows.length;
            rows = Arrays.copyOf(rows, count);
            for (int i = had; i < count; i++) {
                rows[i] = new float[dimension];
            }
        }
        return rows;
    }

    static Allocator<VectorRows> allocator(int dimension) {
        return new Allocator<>() {
            @Override
            public VectorRows allocate() {
                return new VectorRows(dimension);
            }

            @Override
            public void reset(VectorRows rows) {
                Arrays.stream(rows.rows).forEach(row -> Arrays.fill(row, 0));
            }

            @Override
            public long sizeInBytes(VectorRows rows) {
                return (long) USUAL * dimension * Float.BYTES;
            }
        };
    }
}
