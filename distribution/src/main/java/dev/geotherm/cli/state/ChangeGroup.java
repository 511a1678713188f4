package dev.geotherm.cli.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A group of changes of one kind: the first few changes, and their total number. */
final class ChangeGroup {
    private final String noun;
    private final int most;
    private final List<ListedChange> first = new ArrayList<>();
    private int count;

    /**
     * Creates a group.
     *
     * @param noun the singular noun for one change
     * @param most the maximum number of changes to keep
     */
    ChangeGroup(String noun, int most) {
        this.noun = noun;
        this.most = most;
    }

    /** Counts a change, and returns whether the group keeps it. */
    boolean count() {
        return count++ < most;
    }

    void add(ListedChange change) {
        first.add(change);
    }

    /** Returns the number of all changes. */
    int size() {
        return count;
    }

    /** Lowers the number of kept changes to a limit, and returns how many are kept. */
    int limit(int size) {
        if (first.size() > size) {
            first.subList(size, first.size()).clear();
        }
        return first.size();
    }

    /** Returns the kept changes. */
    List<ListedChange> first() {
        return first;
    }

    /** Returns the number of omitted changes. */
    int omitted() {
        return count - first.size();
    }

    /** Returns the number of omitted changes with their noun, or null if none was omitted. */
    @Nullable
    String omittedText() {
        return omitted() == 0
                ? null
                : String.format(Locale.ROOT, "%,d %s%s", omitted(), noun, omitted() == 1 ? "" : "s");
    }
}
