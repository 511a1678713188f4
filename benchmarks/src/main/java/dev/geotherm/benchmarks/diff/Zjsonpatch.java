package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.DiffFlags;
import com.flipkart.zjsonpatch.JsonDiff;
import com.flipkart.zjsonpatch.JsonPatch;
import java.util.EnumSet;
import java.util.function.Supplier;

/** zjsonpatch with its defaults, or without the passes that look for moves and copies. */
record Zjsonpatch(String name, EnumSet<DiffFlags> flags) implements Contender {

    static Zjsonpatch defaultValue() {
        return new Zjsonpatch("zjsonpatch", DiffFlags.defaults());
    }

    static Zjsonpatch withoutMoves() {
        return new Zjsonpatch(
                "zjsonpatch-plain",
                EnumSet.of(
                        DiffFlags.OMIT_MOVE_OPERATION, DiffFlags.OMIT_COPY_OPERATION, DiffFlags.OMIT_VALUE_ON_REMOVE));
    }

    @Override
    public Supplier<Object> comparing(StatePair pair) {
        return () -> JsonDiff.asJson(pair.before(), pair.after(), flags);
    }

    @Override
    public byte[] patch(StatePair pair, Object outcome) {
        return StatePair.text((JsonNode) outcome);
    }

    @Override
    public Supplier<Object> applying(StatePair pair, Object outcome) {
        return () -> JsonPatch.apply((JsonNode) outcome, pair.before());
    }

    @Override
    public int changes(Object outcome) {
        return ((JsonNode) outcome).size();
    }
}
