package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeSize;
import dev.geotherm.diff.json.JsonSize;

/**
 * The approximate size of changes in {@link DeltaFormat#BINARY} before compression, for a reader that has the earlier
 * state: a change takes its operation and the steps in which its path differs from the previous one.
 */
final class BinarySize implements ChangeSize {
    private static final int CHANGE = 4;
    private static final int SOURCE = 3;
    private static final int SPLICE = 4;

    @Override
    public long withoutValues(Change change) {
        long source = change.from() == null ? 0 : SOURCE;
        return source + CHANGE + (change.splice() == null ? 0 : SPLICE);
    }

    @Override
    public long of(JsonNode value, long limit) {
        return JsonSize.of(value, limit);
    }

    @Override
    public boolean writesOldValues() {
        return false;
    }
}
