package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import java.util.List;

/** The reader of the member names of a binary delta; each becomes known where it first occurs. */
final class BinaryNameReader {
    private final List<String> names;
    private int known;

    BinaryNameReader(List<String> names) {
        this.names = names;
    }

    /** Returns the id for what was written of it: 0 for the next new name, else its id and one. */
    int resolve(long written) {
        if (written == 0 && known < names.size()) {
            return known++;
        }
        return ByteCursor.bounded(written - 1, known - 1);
    }

    String get(int id) {
        return names.get(id);
    }

    void finish() {
        if (known < names.size()) {
            throw new DeltaException("the delta has names that nothing has");
        }
    }
}
