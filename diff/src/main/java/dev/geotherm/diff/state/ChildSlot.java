package dev.geotherm.diff.state;

/** The slot of a child in a persistent container. A register that is filled again and again. */
final class ChildSlot {
    private static final MemberName NOWHERE = new MemberName("");
    private static final Object[] NOTHING = {};

    /** The index of an element, or of a member where it is kept. */
    int index;

    /** Where there are many members, the name and what keeps the value. */
    MemberName name = NOWHERE;

    Object[] slots = NOTHING;
}
