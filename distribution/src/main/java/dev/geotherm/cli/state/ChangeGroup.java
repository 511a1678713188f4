package dev.geotherm.cli.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A group of changes of one kind: the first few, and the total number. */
final class ChangeGroup {
    private final String noun;
    private final int most;
    private final List<ListedChange> first = new ArrayList<>();
    private int count;

    /**
     * Creates a group.
     *
     * @param noun the noun for one of its changes, in the singular
     * @param most how many changes it keeps
     */
    ChangeGroup(String noun, int most) {
        this.noun = noun;
        this.most = most;
    }

    /** Counts a change; returns whether the group keeps it. */
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

    /** Keeps no more changes than the given number; returns how many it keeps. */
    int limit(int size) {
        if (first.size() > size) {
            first.subList(size, first.size()).clear();
        }
        return first.size();
    }

    /** Returns the changes that are kept. */
    List<ListedChange> first() {
        return first;
    }

    /** Returns the number of changes that are not kept. */
    int omitted() {
        return count - first.size();
    }

    /** Returns the number of changes that are not kept, with their noun, or null if there are none. */
    @Nullable
    String omittedText() {
        return omitted() == 0
                ? null
                : String.format(Locale.ROOT, "%,d %s%s", omitted(), noun, omitted() == 1 ? "" : "s");
    }
}
