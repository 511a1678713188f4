package dev.geotherm.diff;

/** The name of a member with its hash, which is made once and shared by all revisions. */
final class Name {
    final String text;
    final long high;
    final long low;
    final long weight;

    Name(String text) {
        Measure measure = new Measure();
        measure.name(text);
        this.text = text;
        high = measure.high;
        low = measure.low;
        weight = measure.weight;
    }
}
