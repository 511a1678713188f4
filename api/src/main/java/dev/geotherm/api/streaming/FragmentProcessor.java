package dev.geotherm.api.streaming;

/**
 * The work that a pipeline does on its fragments.
 *
 * @param <T> the content of the fragments
 */
@FunctionalInterface
public interface FragmentProcessor<T> {

    /**
     * Processes one batch; called by several workers at once where the settings say so.
     *
     * <p>When it returns, every fragment that it did not {@link Batch#fail fail} is processed. When it throws, the whole
     * batch has failed and is tried again, fragment by fragment, so that one bad fragment does not take others with it;
     * that try does not count as a retry. The same holds for a batch of several that took longer than the batch timeout. Hence work on a fragment must bear repetition. It should heed interrupts: that is how a batch is stopped that takes
     * longer than the batch timeout.
     *
     * @throws Exception if the batch failed
     */
    void process(Batch<T> batch) throws Exception;
}
