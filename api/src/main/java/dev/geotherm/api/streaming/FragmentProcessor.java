package dev.geotherm.api.streaming;

/**
 * A processor of a pipeline's fragments.
 *
 * @param <T> the content of the fragments
 */
@FunctionalInterface
public interface FragmentProcessor<T> {

    /**
     * Processes one batch. Several workers call this method concurrently if the settings ask for several.
     *
     * <p>If it returns, every fragment that was not marked by {@link Batch#fail} is processed. If it throws, the whole
     * batch has failed: each of its fragments is processed again in its own batch, so that one bad fragment does not
     * fail the others, and that attempt does not count as a retry. The same applies to a batch of several fragments
     * that exceeds the batch timeout. Processing a fragment must therefore be idempotent.
     *
     * <p>A batch that exceeds the batch timeout is interrupted; the processor should respect the interrupt.
     *
     * @throws Exception if the batch failed
     */
    void process(Batch<T> batch) throws Exception;
}
