package dev.geotherm.delta;

/**
 * A conflict between two changes of the same state: they cannot both be applied, or their order affects the result.
 *
 * @param first the change of the first delta, in its original form
 * @param second the change of the second delta, in its original form
 */
public record DeltaConflict(Change first, Change second) {

    /** Returns both changes in a readable form. */
    @Override
    public String toString() {
        return first + " | " + second;
    }
}
