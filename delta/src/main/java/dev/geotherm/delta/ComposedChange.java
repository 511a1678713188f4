package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/** A change of a composed delta under construction; later changes can merge with it. */
final class ComposedChange {
    private final Pointer path;
    private Change change;
    private boolean joined;
    private boolean dropped;
    private int number;

    /** The value that comes, under the changes that have joined. */
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

    /** Returns whether the change brings a whole value. */
    boolean brings() {
        return change.after() != null;
    }

    /** Returns whether this is a move and the other one moves the value back. */
    boolean isUndoneBy(Change other) {
        return is(ChangeKind.MOVED) && path.equals(other.from()) && other.path().equals(change.from());
    }

    /** Makes a change in the value that this one brings, whose path has the given number of steps. */
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

    /** Makes a removal the replacement by what is added in the same place. */
    void addAgain(Change addition) {
        JsonNode value = requireNonNull(addition.after());
        JsonNode before = change.before();
        ChangeKind kind = before == null ? ChangeKind.TYPE_CHANGED : ChangeKind.ofReplacement(before, value);
        become(kind, before, value, null, 1);
    }

    /** Joins another splice of the same text if it touches the piece that this one brings, and returns whether it did. */
    boolean joins(Change other) {
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
        joined = true;
    }

    /** Returns the change, or null if all that has joined it amounts to nothing. */
    @Nullable
    Change toChange() {
        if (after != null) {
            become(change.kind(), change.before(), after.share(), null, change.magnitude());
        }
        JsonNode before = change.before();
        JsonNode value = change.after();
        TextSplice splice = change.splice();
        if (!joined || before == null) {
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

    /** Returns a change with its paths as seen from the value that is so many steps below the root. */
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
