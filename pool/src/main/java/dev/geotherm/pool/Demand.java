package dev.geotherm.pool;

/** What was asked of a pool since the last clean-up, and the size that this calls for; guarded by the pool's lock. */
final class Demand {
    private int peak;
    private long handOuts;
    private long reuses;

    void handedOut(int inUse, boolean reused) {
        peak = Math.max(peak, inUse);
        handOuts++;
        if (reused) {
            reuses++;
        }
    }

    /**
     * Returns how many objects the pool should have at most: the recent peak, twice as many when more than 80 % of the
     * recent hand-outs were reuses, half as many again above 50 %, within the bounds.
     */
    int size(int initialSize, int maxSize) {
        double reuseRate = handOuts == 0 ? 0 : (double) reuses / handOuts;
        double factor = reuseRate > 0.8 ? 2 : reuseRate > 0.5 ? 1.5 : 1;
        return (int) Math.min(maxSize, Math.max(initialSize, Math.ceil(peak * factor)));
    }

    void startAgain(int inUse) {
        peak = inUse;
        handOuts = 0;
        reuses = 0;
    }
}
