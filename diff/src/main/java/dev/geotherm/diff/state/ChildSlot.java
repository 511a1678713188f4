package dev.geotherm.diff.state;

/** Where a step of a path leads to in a branch. A register: it is filled again and again. */
public final class ChildSlot {
    private static final MemberName NOWHERE = new MemberName("");
    private static final Object[] NOTHING = {};

    /** The index of an element, or of a member where it is kept. */
    int index;

    /** Where there are many members, the name and what keeps the value. */
    MemberName name = NOWHERE;

    Object[] slots = NOTHING;
}
