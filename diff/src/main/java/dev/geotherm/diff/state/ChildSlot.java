package dev.geotherm.diff.state;

/** The slot of a child in a persistent container. Mutable, and reused to avoid allocation. */
final class ChildSlot {
    private static final MemberName NONE = new MemberName("");
    private static final Object[] NOTHING = {};

    /** The index of an element, or of a member in {@code slots}. */
    int index;

    /** In a member map, the name and the array that contains the value. */
    MemberName name = NONE;

    Object[] slots = NOTHING;
}
