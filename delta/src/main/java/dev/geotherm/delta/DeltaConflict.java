package dev.geotherm.delta;

/**
 * Two changes of one state that cannot both be made, or whose order would decide what comes out.
 *
 * @param first the change of the first delta, as it was given
 * @param second the change of the second delta, as it was given
 */
public record DeltaConflict(Change first, Change second) {

    /** Returns both changes for people. */
    @Override
    public String toString() {
        return first + " | " + second;
    }
}
