package dev.geotherm.api.anchor;

/**
 * Names an anchor; unique in its store, and never given to another anchor.
 *
 * @param value the name, not empty
 */
public record AnchorId(String value) implements Comparable<AnchorId> {

    /** Checks that the name is not empty. */
    public AnchorId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an anchor's id must not be empty");
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
