package dev.geotherm.api.anchor;

/**
 * The id of an anchor: unique in its store, and derived from the id of its leader.
 *
 * @param value the id as text, not empty
 */
public record AnchorId(String value) implements Comparable<AnchorId> {

    /** Checks that the id is not empty. */
    public AnchorId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the id of an anchor must not be empty");
        }
    }

    @Override
    public int compareTo(AnchorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
