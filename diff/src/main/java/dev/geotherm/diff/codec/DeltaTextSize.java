package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeSize;
import dev.geotherm.delta.JsonLength;
import dev.geotherm.diff.json.JsonDigits;

/** The size of changes in {@link DeltaFormat#DELTA}, in bytes. */
final class DeltaTextSize implements ChangeSize {
    private static final int FRAME = "{'kind':'','path':},".length();
    private static final int FROM = ",'from':".length();
    private static final int BEFORE = ",'before':".length();
    private static final int AFTER = ",'after':".length();
    private static final int SPLICE = ",'splice':[,,]".length();
    private static final int MAGNITUDE = ",'magnitude':".length();

    @Override
    public long withoutValues(Change change) {
        long size = FRAME
                + change.kind().name().length()
                + JsonLength.of(change.path().toString());
        size += change.from() == null ? 0 : FROM + JsonLength.of(change.from().toString());
        size += change.before() == null ? 0 : BEFORE;
        size += change.after() == null ? 0 : AFTER;
        if (change.splice() != null) {
            size += SPLICE
                    + Integer.toString(change.splice().start()).length()
                    + Integer.toString(change.splice().length()).length();
        }
        return size
                + (change.magnitude() == 1
                        ? 0
                        : MAGNITUDE + JsonDigits.of(change.magnitude()).length());
    }

    @Override
    public long of(JsonNode value, long limit) {
        return JsonLength.of(value, limit);
    }

    @Override
    public boolean writesOldValues() {
        return true;
    }
}
