package dev.geotherm.benchmarks.pool;

/** No pool and no objects: the cost of the harness or of a thread. */
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
