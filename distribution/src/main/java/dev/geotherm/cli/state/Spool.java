package dev.geotherm.cli.state;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** An in-memory output stream that stores chunks, so it copies nothing as it grows. */
final class Spool extends OutputStream {
    private static final int PIECE = 1 << 16;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] piece = new byte[PIECE];
    private int used;

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        int next = from;
        int end = from + length;
        while (next < end) {
            if (used == PIECE) {
                full.add(piece);
                piece = new byte[PIECE];
                used = 0;
            }
            int count = Math.min(end - next, PIECE - used);
            System.arraycopy(bytes, next, piece, used, count);
            used += count;
            next += count;
        }
    }

    /** Writes the whole content to another stream. */
    void writeTo(OutputStream out) throws IOException {
        for (byte[] each : full) {
            out.write(each);
        }
        out.write(piece, 0, used);
    }
}
