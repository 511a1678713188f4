package dev.geotherm.diff.codec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.delta.WorkingState;
import dev.geotherm.diff.compare.Magnitude;
import dev.geotherm.diff.json.JsonLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reader of the binary format; it refuses everything that {@link BinaryWriter} does not write. */
final class BinaryReader {
    private static final int CHANGE_BYTES = 160;
    private static final int STEP_BYTES = 48;
    private static final int NODE_BYTES = 96;
    private static final int NAME_BYTES = 128;

    private final ByteCursor operations;
    private final NumberColumn.Reader steps;
    private final NumberColumn.Reader tokens;
    private final NumberColumn.Reader indices;
    private final NumberColumn.Reader sources;
    private final NumberColumn.Reader sourceTokens;
    private final NumberColumn.Reader sourceIndices;
    private final NumberColumn.Reader splices;
    private final NumberColumn.Reader magnitudes;
    private final BinaryNameReader keys;
    private final BinaryValueReader values;
    private final List<Draft> drafts = new ArrayList<>();

    /** The steps of the last path read; {@code names} contains the id of each step's name, or -1 for an index. */
    private final List<Pointer> path = new ArrayList<>();

    private final List<Integer> names = new ArrayList<>();

    /** A change with scalars that are not yet read. */
    private record Draft(
            int operation,
            Pointer path,
            @Nullable Pointer from,
            @Nullable BinaryPosition before,
            @Nullable BinaryPosition after,
            long start,
            long length,
            @Nullable BinaryPosition splice,
            double magnitude) {}

    private BinaryReader(ByteCursor from) {
        operations = from.next(from.count());
        steps = new NumberColumn.Reader(from);
        tokens = new NumberColumn.Reader(from);
        indices = new NumberColumn.Reader(from);
        sources = new NumberColumn.Reader(from);
        sourceTokens = new NumberColumn.Reader(from);
        sourceIndices = new NumberColumn.Reader(from);
        splices = new NumberColumn.Reader(from);
        magnitudes = new NumberColumn.Reader(from);
        BinaryNameTable.Reader names = new BinaryNameTable.Reader(from);
        requireMemory(0, 0, 0, names.left(), Runtime.getRuntime().maxMemory());
        keys = new BinaryNameReader(names.all());
        values = new BinaryValueReader(keys, from);
        if (from.remaining() > 0) {
            throw new DeltaException("there are " + from.remaining() + " bytes after the delta");
        }
        requireMemory(
                operations.remaining(),
                tokens.left() + sourceTokens.left(),
                values.left(),
                values.namesLeft(),
                Runtime.getRuntime().maxMemory());
    }

    /**
     * Refuses a delta that would take more than half of the heap: a value of one byte can take sixty bytes in memory.
     */
    static void requireMemory(long changes, long steps, long nodes, long names, long heap) {
        long needed = changes * CHANGE_BYTES + steps * STEP_BYTES + nodes * NODE_BYTES + names * NAME_BYTES;
        if (needed > heap / 2) {
            throw new DeltaException("a delta of " + changes + " changes, " + nodes + " values and " + names
                    + " names takes some " + (needed >> 20) + " MiB, too much for a heap of " + (heap >> 20)
                    + " MiB; give the JVM more by -Xmx");
        }
    }

    /**
     * Reads a delta.
     *
     * @param before the state to which the delta applies, if it was written against that state
     */
    static StateDelta read(byte[] bytes, @Nullable JsonNode before) {
        try {
            return new BinaryReader(new ByteCursor(bytes, 0, bytes.length)).read(before);
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            throw new DeltaException("the delta cannot be read: " + malformed.getMessage(), malformed);
        }
    }

    private StateDelta read(@Nullable JsonNode before) {
        while (operations.remaining() > 0) {
            try {
                readDraft();
            } catch (DeltaException malformed) {
                throw new DeltaException("change " + drafts.size() + ": " + malformed.getMessage(), malformed);
            }
        }
        int left = steps.left() + tokens.left() + indices.left() + splices.left() + magnitudes.left();
        if (left + sources.left() + sourceTokens.left() + sourceIndices.left() > 0) {
            throw new DeltaException("the delta has more parts than its changes need");
        }
        keys.finish();
        values.finish();
        WorkingState state = before == null ? null : new WorkingState(before);
        List<Change> changes = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            try {
                Change change = finish(draft, state);
                if (state != null) {
                    state.apply(change);
                }
                changes.add(change);
            } catch (DeltaException | IllegalArgumentException misfit) {
                throw new DeltaException(
                        "change " + changes.size() + " (" + BinaryFormat.kind(draft.operation) + " at '"
                                + draft.path.brief() + "'): " + misfit.getMessage(),
                        misfit);
            }
        }
        return new StateDelta(changes);
    }

    private void readDraft() {
        int operation = operations.next();
        ChangeKind kind = BinaryFormat.kind(operation);
        Pointer path = readPath();
        int name = BinaryFormat.name(names);
        Pointer from = kind == ChangeKind.MOVED ? readSource() : null;
        BinaryPosition before = BinaryFormat.goes(operation) == BinaryFormat.CARRIED
                ? values.read(BinaryValueWriter.context(name, true))
                : null;
        int context = BinaryValueWriter.context(name, false);
        boolean splices = kind == ChangeKind.TEXT_SPLICED;
        boolean brings = !splices && kind != ChangeKind.MOVED && kind != ChangeKind.REMOVED;
        BinaryPosition after = brings ? values.read(context) : null;
        long start = splices ? this.splices.next() : 0;
        long length = splices ? this.splices.next() : 0;
        BinaryPosition splice = splices ? values.readText(context) : null;
        double magnitude = switch (BinaryFormat.magnitude(operation)) {
            case BinaryFormat.DIGITS -> BinaryFormat.ofDigits(magnitudes.next(BinaryFormat.MAX_DIGITS));
            case BinaryFormat.EXACT -> Double.longBitsToDouble(magnitudes.next());
            default -> BinaryFormat.usualMagnitude(kind);
        };
        drafts.add(new Draft(operation, path, from, before, after, start, length, splice, magnitude));
    }

    private Pointer readPath() {
        Steps read = readSteps(steps);
        int last = lastIndex(read);
        path.subList(read.kept, path.size()).clear();
        names.subList(read.kept, names.size()).clear();
        for (int i = 0; i < read.down; i++) {
            Pointer parent = path.isEmpty() ? Pointer.ROOT : path.get(path.size() - 1);
            long token = tokens.next();
            int name = token == 0 ? -1 : keys.resolve(token - 1);
            path.add(name < 0 ? child(parent, indices, i == 0 ? last : 0) : parent.child(keys.get(name)));
            names.add(name);
        }
        return path.isEmpty() ? Pointer.ROOT : path.get(path.size() - 1);
    }

    private Pointer readSource() {
        Steps read = readSteps(sources);
        int last = lastIndex(read);
        Pointer from = read.kept == 0 ? Pointer.ROOT : path.get(read.kept - 1);
        for (int i = 0; i < read.down; i++) {
            long token = sourceTokens.next();
            from = token == 0
                    ? child(from, sourceIndices, i == 0 ? last : 0)
                    : from.child(keys.get(keys.resolve(token - 1)));
        }
        return from;
    }

    /** The number of steps that a path shares with the last path read, and the number of steps that follow. */
    private record Steps(int kept, int down) {}

    private Steps readSteps(NumberColumn.Reader from) {
        long written = from.next();
        int kept = path.size() - ByteCursor.bounded(written >>> 3, path.size());
        long down = written & 7;
        if (down == 7) {
            down += from.next(JsonLimits.MAX_LEVELS);
        }
        if (kept + down > JsonLimits.MAX_LEVELS) {
            throw new DeltaException("a path may have " + JsonLimits.MAX_LEVELS + " steps at most");
        }
        return new Steps(kept, (int) down);
    }

    /** Returns the index of the last path read at the step where a path diverges from it, or 0. */
    private int lastIndex(Steps read) {
        return read.kept < path.size() ? Math.max(0, path.get(read.kept).index()) : 0;
    }

    private static Pointer child(Pointer parent, NumberColumn.Reader indices, long last) {
        return parent.child(ByteCursor.bounded(indices.nextSigned() + last, Integer.MAX_VALUE));
    }

    private static Change finish(Draft draft, @Nullable WorkingState state) {
        ChangeKind kind = BinaryFormat.kind(draft.operation);
        TextSplice splice = draft.splice == null
                ? null
                : new TextSplice(
                        ByteCursor.bounded(draft.start, Integer.MAX_VALUE),
                        ByteCursor.bounded(draft.length, Integer.MAX_VALUE),
                        requireNonNull(draft.splice.value().textValue()));
        JsonNode before = draft.before == null ? null : draft.before.value();
        JsonNode after = draft.after == null ? null : draft.after.value();
        if (BinaryFormat.goes(draft.operation) == BinaryFormat.OF_STATE) {
            before = found(draft, splice, state);
        }
        double magnitude = draft.magnitude;
        if (BinaryFormat.magnitude(draft.operation) == BinaryFormat.COMPUTED) {
            if (after == null) {
                throw new DeltaException("a magnitude is omitted that cannot be derived");
            }
            magnitude = Magnitude.of(before == null ? found(draft, splice, state) : before, after);
        }
        return new Change(kind, draft.path, draft.from, before, after, splice, magnitude);
    }

    private static JsonNode found(Draft draft, @Nullable TextSplice splice, @Nullable WorkingState state) {
        if (state == null) {
            throw new DeltaException("the delta needs the state that it was made from; pass that state");
        }
        JsonNode found = state.get(draft.path);
        if (found == null) {
            throw new DeltaException("there is no value at this path of the state");
        }
        return BinaryFormat.going(splice, found);
    }
}
