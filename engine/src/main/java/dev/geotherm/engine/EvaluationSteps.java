package dev.geotherm.engine;

import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationProgress;
import java.util.Locale;

/** The thread-safe steps of an evaluation for display, with the rate of the last seconds. */
final class EvaluationSteps {
    private final Evaluation evaluation;
    private final RankingFunction function;
    private final ProgressRate rate = new ProgressRate(System.nanoTime());

    EvaluationSteps(Evaluation evaluation, RankingFunction function) {
        this.evaluation = evaluation;
        this.function = function;
    }

    /** Returns the current step. It counts answered queries, which advance smoothly, not finished batches. */
    Progress.Step next() {
        EvaluationProgress progress = evaluation.progress();
        int answered = function.rankings().size();
        int done = Math.min(progress.total(), Math.max(progress.done(), progress.resumed() + answered));
        rate.add(System.nanoTime(), done - progress.resumed());
        String left = rate.left(progress.total() - progress.resumed());
        String resumed = progress.resumed() > 0 ? String.format(Locale.ROOT, "%,d resumed", progress.resumed()) : "";
        return new Progress.Step(
                "evaluate",
                "queries",
                done,
                progress.total(),
                rate.perSecond(),
                resumed.isEmpty() || left.isEmpty() ? resumed + left : resumed + ", " + left);
    }
}
