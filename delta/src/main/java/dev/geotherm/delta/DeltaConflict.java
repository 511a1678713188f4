package dev.geotherm.delta;

/**
 * A conflict of two changes of one state: they cannot both be made, or their order affects the result.
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
