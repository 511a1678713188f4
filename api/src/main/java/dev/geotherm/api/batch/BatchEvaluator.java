package dev.geotherm.api.batch;

import dev.geotherm.api.Component;

/**
 * Evaluates large corpora, item by item, in batches, so that a job which was killed goes on where it was.
 */
public interface BatchEvaluator extends Component {

    /**
     * Starts a job, or resumes it: when the job's output folder holds a checkpoint of the same job over the same corpus,
     * the items that it has are not evaluated again, those that failed included. A last record that was cut short is
     * dropped. The mode, priorities and estimates may differ from those of the earlier start.
     *
     * <p>A job that completed leaves no checkpoint: started again, it evaluates every item and replaces the output.
     *
     * @throws EvaluationException if the checkpoint there is of another job or of a corpus that has changed since, if it
     *     is damaged beyond its last record, if the corpus has an id twice, if another process or evaluator runs a job
     *     with the same output now, or if the output cannot be written; nothing is changed then
     * @throws IllegalStateException if this component is closed, or runs a job with the same output now
     */
    <I, O> Evaluation start(EvaluationJob<I, O> job);

    @Override
    EvaluatorMetrics metrics();

    /** Cancels every running job and waits for it to stop; what was evaluated stays in the checkpoints. */
    @Override
    void close();
}
