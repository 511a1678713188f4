package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The member names of a binary delta: each is written once, without the prefix that it shares with the previous one.
 */
final class BinaryNameTable {
    /** Limited, so that the cost of reading is a small multiple of the bytes. */
    private static final int MAX_SHARED = 64;

    private final Map<String, Integer> ids = new HashMap<>();
    private final NumberColumn shared = new NumberColumn();
    private final ByteColumn texts = new ByteColumn();
    private String last = "";

    /** Returns the id of a name, or -1 if it is new; a new name gets the next id. */
    int refer(String key) {
        Integer known = ids.putIfAbsent(key, ids.size());
        if (known != null) {
            return known;
        }
        int most = Math.min(MAX_SHARED, Math.min(key.length(), last.length()));
        int same = 0;
        while (same < most && key.charAt(same) == last.charAt(same)) {
            same++;
        }
        shared.put(same);
        texts.putText(key, same);
        last = key;
        return -1;
    }

    /** Returns the id of a known name. */
    int id(String key) {
        return ids.getOrDefault(key, -1);
    }

    void writeTo(ByteColumn out) {
        shared.writeTo(out);
        out.putNumber(texts.size());
        out.put(texts);
    }

    /** The names of a delta that is being read. */
    static final class Reader {
        private final NumberColumn.Reader shared;
        private final ByteCursor texts;

        Reader(ByteCursor from) {
            shared = new NumberColumn.Reader(from);
            texts = from.next(from.count());
        }

        /** Returns the number of names not yet read. */
        int left() {
            return shared.left();
        }

        /** Reads all names, in the order of their ids. */
        List<String> all() {
            List<String> keys = new ArrayList<>(shared.left());
            String last = "";
            while (shared.left() > 0) {
                int same = shared.next(Math.min(MAX_SHARED, last.length()));
                last = texts.text(last.substring(0, same));
                keys.add(last);
            }
            if (texts.remaining() > 0) {
                throw new DeltaException("the delta has more of its names than it says");
            }
            return keys;
        }
    }
}
