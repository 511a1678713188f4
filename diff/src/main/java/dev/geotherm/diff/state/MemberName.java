package dev.geotherm.diff.state;

/** The name of a member with its hash, made once and shared by all revisions. */
final class MemberName {
    final String text;
    /** The place of the name in a {@link MemberNode}. */
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

    /** Names that differ in a digit have hash codes that differ in a few low bits: those are spread over all. */
    static int hash(String text) {
        int spread = text.hashCode() * 0x9E3779B1;
        return spread ^ spread >>> 15;
    }

    /** Returns whether this is a name of which the hash is known. */
    boolean is(String other, int otherHash) {
        return hash == otherHash && text.equals(other);
    }
}
