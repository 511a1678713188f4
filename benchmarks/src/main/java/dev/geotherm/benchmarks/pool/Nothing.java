package dev.geotherm.benchmarks.pool;

/** Does nothing at all: what the harness, or a thread, costs by itself. */
final class Nothing implements Rival {
    private final Concept concept;

    Nothing(int dimension) {
        concept = new Concept(dimension);
    }

    @Override
    public Concept claim() {
        return concept;
    }

    @Override
    public void release(Concept ignored) {}

    @Override
    public void once(Filling filling) {}
}
