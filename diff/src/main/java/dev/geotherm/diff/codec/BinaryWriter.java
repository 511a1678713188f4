package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.WorkingState;
import dev.geotherm.diff.compare.Magnitude;
import dev.geotherm.diff.json.JsonLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writer of the binary format; see {@link BinaryFormat}. */
final class BinaryWriter {
    private final BinaryNameTable keys = new BinaryNameTable();
    private final BinaryValueWriter values = new BinaryValueWriter(keys);
    private final ByteColumn operations = new ByteColumn();
    private final NumberColumn steps = new NumberColumn();
    private final NumberColumn tokens = new NumberColumn();
    private final NumberColumn indices = new NumberColumn();
    private final NumberColumn sources = new NumberColumn();
    private final NumberColumn sourceTokens = new NumberColumn();
    private final NumberColumn sourceIndices = new NumberColumn();
    private final NumberColumn splices = new NumberColumn();
    private final NumberColumn magnitudes = new NumberColumn();
    private final @Nullable WorkingState state;
    private List<Pointer> path = List.of();

    private BinaryWriter(@Nullable JsonNode before) {
        state = before == null ? null : new WorkingState(before);
    }

    /**
     * Writes a delta.
     *
     * @param before the state to which the delta applies, if the reader also has it; old values are then omitted
     */
    static byte[] write(StateDelta delta, @Nullable JsonNode before) {
        BinaryWriter writing = new BinaryWriter(before);
        delta.changes().forEach(writing::write);
        ByteColumn out = new ByteColumn();
        writing.writeTo(out);
        return out.toBytes();
    }

    private void write(Change change) {
        int key = write(change.path());
        if (change.from() != null) {
            writeSource(change.from());
        }
        JsonNode found = state == null ? null : state.get(change.path());
        int goes = writeBefore(change, found, key);
        if (change.after() != null) {
            values.write(change.after(), BinaryValueWriter.context(key, false));
        }
        if (change.splice() != null) {
            splices.put(change.splice().start());
            splices.put(change.splice().length());
            values.writeText(TextNode.valueOf(change.splice().text()), BinaryValueWriter.context(key, false));
        }
        operations.put(BinaryFormat.operation(change.kind(), goes, writeMagnitude(change, found)));
        if (state != null) {
            state.apply(change);
        }
    }

    private int writeBefore(Change change, @Nullable JsonNode found, int key) {
        JsonNode before = change.before();
        if (before == null) {
            return BinaryFormat.NOTHING;
        }
        if (found != null && JsonEquality.same(before, BinaryFormat.going(change.splice(), found))) {
            return BinaryFormat.OF_STATE;
        }
        values.write(before, BinaryValueWriter.context(key, true));
        return BinaryFormat.CARRIED;
    }

    private int writeMagnitude(Change change, @Nullable JsonNode found) {
        double magnitude = change.magnitude();
        if (Double.compare(magnitude, BinaryFormat.usualMagnitude(change.kind())) == 0) {
            return BinaryFormat.USUAL;
        }
        JsonNode before = change.before() == null ? found : change.before();
        JsonNode after = change.after();
        if (before != null && after != null && Double.compare(magnitude, Magnitude.of(before, after)) == 0) {
            return BinaryFormat.COMPUTED;
        }
        int digits = BinaryFormat.digits(magnitude);
        magnitudes.put(digits < 0 ? Double.doubleToRawLongBits(magnitude) : digits);
        return digits < 0 ? BinaryFormat.EXACT : BinaryFormat.DIGITS;
    }

    /** Writes the difference between a path and the previous one, and returns the id of its last name, or -1. */
    private int write(Pointer next) {
        if (next.depth() > JsonLimits.MAX_LEVELS) {
            throw new DeltaException("a path of " + next.depth() + " steps cannot be encoded, " + JsonLimits.MAX_LEVELS
                    + " is the most");
        }
        List<Pointer> all = BinaryFormat.steps(next);
        int shared = shared(all);
        writeSteps(steps, path.size() - shared, all.size() - shared);
        for (int i = shared; i < all.size(); i++) {
            long last = i == shared && i < path.size() ? Math.max(0, path.get(i).index()) : 0;
            writeToken(all.get(i), last, tokens, indices);
        }
        path = all;
        return name(all);
    }

    private int name(List<Pointer> all) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).index() < 0) {
                return keys.id(all.get(i).token());
            }
        }
        return -1;
    }

    private void writeSource(Pointer from) {
        List<Pointer> all = BinaryFormat.steps(from);
        int shared = shared(all);
        writeSteps(sources, path.size() - shared, all.size() - shared);
        for (int i = shared; i < all.size(); i++) {
            long last = i == shared && i < path.size() ? Math.max(0, path.get(i).index()) : 0;
            writeToken(all.get(i), last, sourceTokens, sourceIndices);
        }
    }

    private int shared(List<Pointer> all) {
        int shared = 0;
        while (shared < Math.min(path.size(), all.size())
                && path.get(shared).token().equals(all.get(shared).token())) {
            shared++;
        }
        return shared;
    }

    private static void writeSteps(NumberColumn steps, int up, int down) {
        steps.put((long) up * 8 + Math.min(down, 7));
        if (down >= 7) {
            steps.put(down - 7);
        }
    }

    private void writeToken(Pointer step, long last, NumberColumn tokens, NumberColumn indices) {
        int index = step.index();
        if (index >= 0) {
            tokens.put(0);
            indices.putSigned(index - last);
        } else {
            tokens.put(keys.refer(step.token()) + 2);
        }
    }

    private void writeTo(ByteColumn out) {
        out.putNumber(operations.size());
        out.put(operations);
        for (NumberColumn column :
                List.of(steps, tokens, indices, sources, sourceTokens, sourceIndices, splices, magnitudes)) {
            column.writeTo(out);
        }
        keys.writeTo(out);
        values.writeTo(out);
    }
}
