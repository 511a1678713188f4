package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import java.util.List;

/** A resolver of member names in a binary delta; each name is defined where it first occurs. */
final class BinaryNameReader {
    private final List<String> names;
    private int known;

    BinaryNameReader(List<String> names) {
        this.names = names;
    }

    /** Returns the id for a written number: 0 stands for the next new name, any other number for that id plus one. */
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
            throw new DeltaException("the delta has names that no change or value uses");
        }
    }
}
