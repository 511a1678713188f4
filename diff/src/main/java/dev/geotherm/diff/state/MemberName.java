package dev.geotherm.diff.state;

/** The name of a member with its hash, created once and shared by all revisions. */
final class MemberName {
    final String text;
    /** The hash that determines the position of the name in a {@link MemberNode}. */
    final int hash;

    final int weight;
    final long high;
    final long low;

    MemberName(String text) {
        HashRegister measure = new HashRegister();
        measure.name(text);
        this.text = text;
        hash = hash(text);
        weight = (int) measure.weight;
        high = measure.high;
        low = measure.low;
    }

    /**
     * Spreads the hash code over all bits: the hash codes of names that differ in one digit differ only in a few low
     * bits.
     */
    static int hash(String text) {
        int spread = text.hashCode() * 0x9E3779B1;
        return spread ^ spread >>> 15;
    }

    /** Returns whether this name equals a text with the given hash. */
    boolean is(String other, int otherHash) {
        return hash == otherHash && text.equals(other);
    }
}
