package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/** A change of a delta that is being composed; later changes can merge with it. */
final class ComposedChange {
    private final Pointer path;
    private Change change;
    private boolean merged;
    private boolean dropped;
    private int number;

    /** The new value with all merged changes applied. */
    private @Nullable WorkingState after;

    ComposedChange(Change change) {
        this.path = change.path();
        this.change = change;
    }

    Pointer path() {
        return path;
    }

    int number() {
        return number;
    }

    void number(int given) {
        number = given;
    }

    void drop() {
        dropped = true;
    }

    boolean isDropped() {
        return dropped;
    }

    boolean is(ChangeKind kind) {
        return change.kind() == kind;
    }

    /** Returns whether the change sets a whole value. */
    boolean setsValue() {
        return change.after() != null;
    }

    /** Returns whether this is a move and the other one moves the value back. */
    boolean isUndoneBy(Change other) {
        return is(ChangeKind.MOVED) && path.equals(other.from()) && other.path().equals(change.from());
    }

    /** Applies a later change inside the new value; {@code depth} is the number of steps of this change's path. */
    void fold(Change inner, int depth) {
        if (after == null) {
            after = new WorkingState(requireNonNull(change.after()));
        }
        after.apply(relative(inner, depth));
        ChangeKind kind = change.kind();
        if (kind == ChangeKind.ARRAY_MODIFIED) {
            kind = ChangeKind.ARRAY_RESIZED;
        } else if (inner.path().depth() == depth && inner.kind() == ChangeKind.TYPE_CHANGED) {
            kind = kind == ChangeKind.ADDED ? kind : ChangeKind.TYPE_CHANGED;
        }
        become(kind, change.before(), change.after(), change.splice(), change.magnitude() + inner.magnitude());
    }

    /** Turns this removal into a replacement by a value that is added at the same path. */
    void addAgain(Change addition) {
        JsonNode value = requireNonNull(addition.after());
        JsonNode before = change.before();
        ChangeKind kind = before == null ? ChangeKind.TYPE_CHANGED : ChangeKind.ofReplacement(before, value);
        become(kind, before, value, null, 1);
    }

    /** Merges another splice of the same text if it touches the text that this one inserted; returns whether it did. */
    boolean merge(Change other) {
        TextSplice mine = change.splice();
        TextSplice next = other.splice();
        if (mine == null || next == null) {
            return false;
        }
        int mineEnd = mine.start() + mine.text().length();
        if (next.start() > mineEnd || next.end() < mine.start()) {
            return false;
        }
        int left = Math.max(0, mine.start() - next.start());
        int right = Math.max(0, next.end() - mineEnd);
        String text = mine.text().substring(0, Math.max(0, next.start() - mine.start()))
                + next.text()
                + mine.text().substring(mine.text().length() - Math.max(0, mineEnd - next.end()));
        JsonNode piece = null;
        if (change.before() != null && other.before() != null) {
            String gone = other.before().textValue();
            piece = TextNode.valueOf(
                    gone.substring(0, left) + change.before().textValue() + gone.substring(gone.length() - right));
        }
        TextSplice both = new TextSplice(mine.start() - left, mine.length() + left + right, text);
        become(ChangeKind.TEXT_SPLICED, piece, null, both, change.magnitude() + other.magnitude());
        return true;
    }

    private void become(
            ChangeKind kind,
            @Nullable JsonNode before,
            @Nullable JsonNode value,
            @Nullable TextSplice splice,
            double magnitude) {
        change = new Change(kind, path, null, before, value, splice, Math.min(1, magnitude));
        merged = true;
    }

    /** Returns the merged change, or null if the merged changes cancel out. */
    @Nullable
    Change toChange() {
        if (after != null) {
            become(change.kind(), change.before(), after.share(), null, change.magnitude());
        }
        JsonNode before = change.before();
        JsonNode value = change.after();
        TextSplice splice = change.splice();
        if (!merged || before == null) {
            return change;
        } else if (splice != null) {
            return splice.text().equals(before.textValue()) ? null : change;
        } else if (value == null || change.kind() == ChangeKind.ADDED) {
            return change;
        } else if (JsonEquality.same(before, value)) {
            return null;
        }
        return Change.replaced(ChangeKind.ofReplacement(before, value), path, before, value, change.magnitude());
    }

    /** Returns a change with the first {@code depth} steps of its paths removed. */
    static Change relative(Change change, int depth) {
        Pointer from = change.from();
        return new Change(
                change.kind(),
                below(change.path(), depth),
                from == null ? null : below(from, depth),
                change.before(),
                change.after(),
                change.splice(),
                change.magnitude());
    }

    private static Pointer below(Pointer path, int depth) {
        Pointer below = Pointer.ROOT;
        for (String token : path.tokens().subList(depth, path.depth())) {
            below = below.child(token);
        }
        return below;
    }
}
