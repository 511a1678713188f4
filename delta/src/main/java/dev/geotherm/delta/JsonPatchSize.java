package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;

/** The size of changes as operations of a JSON Patch, in bytes. */
final class JsonPatchSize implements ChangeSize {
    private static final int FRAME = "{\"op\":\"\",\"path\":},".length();
    private static final int VALUE = ",\"value\":".length();
    private static final int FROM = ",\"from\":".length();

    @Override
    public long withoutValues(Change change) {
        int name = switch (change.kind()) {
            case ADDED -> "add".length();
            case REMOVED -> "remove".length();
            case MOVED -> "move".length();
            default -> "replace".length();
        };
        return FRAME
                + name
                + JsonLength.of(change.path().toString())
                + (change.after() == null ? 0 : VALUE)
                + (change.from() == null
                        ? 0
                        : FROM + JsonLength.of(change.from().toString()));
    }

    @Override
    public long of(JsonNode value, long limit) {
        return JsonLength.of(value, limit);
    }

    @Override
    public boolean writesOldValues() {
        return false;
    }
}
