package dev.geotherm.streaming.journal;

import dev.geotherm.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * A frame of an {@link ItemLog}: a kind (1 byte) and either the number of the first item (8), the number of items (4), and for each its tag
 * (1), its length (4) and its bytes; or the numbers of removed items (8 each); or items that are written again, each with its number
 * (8) before its tag.
 *
 * @param payload the bytes of the frame
 */
record ItemFrame(ByteBuffer payload) {
    static final byte ADDED = 1;
    static final byte REMOVED = 2;
    static final byte MOVED = 3;

    /** A receiver of items. */
    @FunctionalInterface
    interface Items {
        void item(long number, int tag, ByteBuffer item) throws StorageException;
    }

    /** Passes the items of the frame, each with a view of its bytes. */
    void forEach(Items items) throws StorageException {
        ByteBuffer frame = payload.duplicate();
        byte kind = frame.get();
        if (kind == ADDED) {
            long number = frame.getLong();
            for (int left = frame.getInt(); left > 0; left--) {
                pass(number++, frame, items);
            }
        } else if (kind == MOVED) {
            while (frame.hasRemaining()) {
                pass(frame.getLong(), frame, items);
            }
        }
    }

    private static void pass(long number, ByteBuffer frame, Items items) throws StorageException {
        byte tag = frame.get();
        int length = frame.getInt();
        items.item(number, tag, frame.slice(frame.position(), length));
        frame.position(frame.position() + length);
    }

    /** Passes the numbers of removed items. */
    void forEachRemoved(LongConsumer numbers) {
        ByteBuffer frame = payload.duplicate();
        if (frame.get() == REMOVED) {
            while (frame.hasRemaining()) {
                numbers.accept(frame.getLong());
            }
        }
    }
}
