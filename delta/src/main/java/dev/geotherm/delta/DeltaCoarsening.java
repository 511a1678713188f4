package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of whole containers where that is smaller than their single changes.
 *
 * <p>Any run of successive changes inside one container can be replaced by a single change that sets the container to
 * its value after the run. Containers are decided from the innermost outwards, which makes the result the smallest
 * possible. The cost is the number of changes times the levels above them, at most {@value #MAX_DEPTH}.
 */
final class DeltaCoarsening {
    /** Deeper containers are not replaced. */
    private static final int MAX_DEPTH = 64;

    private final ChangeSize size;
    private final WorkingState state;
    private final List<Change> changes = new ArrayList<>();
    private final Deque<Run> open = new ArrayDeque<>();

    /** A run of successive changes inside one container. */
    private static final class Run {
        final Pointer container;
        final @Nullable JsonNode before;
        final int first;
        long size;
        boolean recordsOldValues = true;

        Run(Pointer container, @Nullable JsonNode before, int first) {
            this.container = container;
            this.before = before;
            this.first = first;
        }
    }

    private DeltaCoarsening(JsonNode before, ChangeSize size) {
        this.size = size;
        this.state = new WorkingState(before);
    }

    static StateDelta of(StateDelta delta, JsonNode before, ChangeSize size) {
        DeltaCoarsening coarsening = new DeltaCoarsening(before, size);
        coarsening.open.push(new Run(Pointer.ROOT, before, 0));
        for (int i = 0; i < delta.changes().size(); i++) {
            coarsening.add(delta.changes().get(i), i);
        }
        while (!coarsening.open.isEmpty()) {
            coarsening.close();
        }
        return new StateDelta(coarsening.changes);
    }

    private void add(Change change, int number) {
        Pointer container = container(change);
        while (open.size() > 1
                && (container == null || !open.element().container.contains(container))) {
            close();
        }
        if (container != null) {
            open(container);
        }
        DeltaApplication.apply(state, change, number);
        Change smaller = withoutMagnitude(change);
        changes.add(smaller);
        Run run = open.element();
        run.size += sizeOf(smaller);
        run.recordsOldValues &=
                change.before() != null || change.kind() == ChangeKind.ADDED || change.kind() == ChangeKind.MOVED;
    }

    /** Returns a replacement of a container with the magnitude 1, which a format need not write. */
    private Change withoutMagnitude(Change change) {
        JsonNode after = change.after();
        if (after == null || !after.isContainerNode() || change.magnitude() == 1) {
            return change;
        }
        Change whole = new Change(change.kind(), change.path(), change.from(), change.before(), after, 1);
        return size.withoutValues(whole) < size.withoutValues(change) ? whole : change;
    }

    /** Returns the innermost container that contains all effects of a change, or null if it changes the root itself. */
    private static @Nullable Pointer container(Change change) {
        Pointer container = change.path().parent();
        Pointer from = change.from();
        while (container != null && (container.depth() > MAX_DEPTH || (from != null && !isInside(from, container)))) {
            container = container.parent();
        }
        return container;
    }

    private static boolean isInside(Pointer path, Pointer container) {
        return container.contains(path) && !container.equals(path);
    }

    private void open(Pointer container) {
        Deque<Pointer> inner = new ArrayDeque<>();
        int outer = open.element().container.depth();
        for (Pointer p = container; p != null && p.depth() > outer; p = p.parent()) {
            inner.push(p);
        }
        for (Pointer p : inner) {
            open.push(new Run(p, state.get(p), changes.size()));
        }
    }

    private long sizeOf(Change change) {
        TextSplice splice = change.splice();
        return size.withoutValues(change)
                + (change.after() == null ? 0 : size.of(change.after(), Long.MAX_VALUE / 2))
                + (splice == null ? 0 : size.of(TextNode.valueOf(splice.text()), Long.MAX_VALUE / 2))
                + (change.before() == null || !size.writesOldValues()
                        ? 0
                        : size.of(change.before(), Long.MAX_VALUE / 2));
    }

    /** Ends the innermost run: keeps its changes, or replaces its container where that is smaller. */
    private void close() {
        Run run = open.pop();
        Change whole = whole(run);
        if (whole != null) {
            changes.subList(run.first, changes.size()).clear();
            changes.add(whole);
        }
        if (!open.isEmpty()) {
            open.element().size += run.size;
            open.element().recordsOldValues &= run.recordsOldValues;
        }
    }

    private @Nullable Change whole(Run run) {
        JsonNode before = run.before;
        JsonNode after = state.look(run.container);
        if (changes.size() == run.first || before == null || after == null || after.isMissingNode()) {
            return null;
        }
        JsonNode old = run.recordsOldValues ? before : null;
        ChangeKind kind = ChangeKind.ofReplacement(before, after);
        long whole = size.withoutValues(Change.replaced(kind, run.container, old, after, 1));
        whole += size.of(after, run.size - whole);
        if (old != null && size.writesOldValues()) {
            whole += size.of(old, run.size - whole);
        }
        if (whole >= run.size) {
            return null;
        }
        run.size = whole;
        return Change.replaced(kind, run.container, old, requireNonNull(state.get(run.container)), 1);
    }
}
