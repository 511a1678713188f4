package dev.geotherm.api.batch;

import dev.geotherm.api.Component;

/**
 * A batch evaluator, which applies a function to every item of a large corpus, in batches, and writes checkpoints from
 * which a killed job resumes.
 *
 * <p>Thread-safe.
 */
public interface BatchEvaluator extends Component {

    /**
     * Starts a job, or resumes it. If there is a checkpoint next to the job's output, and it belongs to the same job
     * over the same corpus, the items in it are not evaluated again, whether they succeeded or failed. An incomplete
     * last record is dropped. The mode, priorities and estimates may differ from those of the previous start.
     *
     * <p>A completed job leaves no checkpoint unless it {@linkplain EvaluationJob#keepCheckpoint() keeps} it: if it is
     * started again, it evaluates every item and replaces the output.
     *
     * @throws EvaluationException if the checkpoint belongs to another job or to a different corpus, or is damaged
     *     before its last record; if the corpus contains a duplicate id; if another process or evaluator is writing the
     *     same output; or if the output cannot be written. In all these cases nothing is changed
     * @throws IllegalStateException if this evaluator is closed, or is running a job with the same output
     */
    <I, O> Evaluation start(EvaluationJob<I, O> job);

    @Override
    EvaluatorMetrics metrics();

    /**
     * Cancels every running job and waits until it has stopped; the checkpoints are kept. A job's own function or
     * listener may call this method, which then does not wait for that job. Idempotent.
     */
    @Override
    void close();
}
