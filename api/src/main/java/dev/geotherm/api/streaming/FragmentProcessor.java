package dev.geotherm.api.streaming;

/**
 * The work that a pipeline does on its fragments.
 *
 * @param <T> the content of the fragments
 */
@FunctionalInterface
public interface FragmentProcessor<T> {

    /**
     * Processes one batch. Several workers call this method at once if the settings ask for several.
     *
     * <p>When it returns, every fragment that was not marked by {@link Batch#fail} is processed. When it throws, the whole
     * batch has failed: each of its fragments is processed again in a batch of its own, so that one bad fragment does not
     * take others with it, and that attempt does not count as a retry. The same applies to a batch of several fragments
     * that exceeds the batch timeout. Work on a fragment must therefore be repeatable.
     *
     * <p>A batch that exceeds the batch timeout is interrupted; the processor should respect the interrupt.
     *
     * @throws Exception if the batch failed
     */
    void process(Batch<T> batch) throws Exception;
}
