package dev.geotherm.benchmarks.pool;

/** No pool: {@code new}, and the collector. */
final class NewObjects implements Rival {
    private final int dimension;

    NewObjects(int dimension) {
        this.dimension = dimension;
    }

    @Override
    public Concept claim() {
        return new Concept(dimension);
    }

    @Override
    public void release(Concept concept) {}
}
