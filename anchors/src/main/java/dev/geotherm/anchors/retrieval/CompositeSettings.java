package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Weights;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The settings of the modes weighted and composite.
 *
 * @param weights the weights of lexical, similarity and time, in the format of {@link Weights#parse}; weighted ignores time
 * @param recencyHalfLife the age at which the recency score is one half
 */
public record CompositeSettings(
        @Setting(
                defaultValue = "lexical=0.6,similarity=0.3,time=0.1",
                description = "Weights of lexical, similarity and time in the modes weighted and composite; weighted"
                        + " ignores time.")
        List<String> weights,

        @Setting(
                defaultValue = "30d",
                description = "Age at which time counts half in the mode composite; the newest passage has the age 0.")
        Duration recencyHalfLife) {
    private static final Set<RetrievalMode> MODES =
            Set.of(RetrievalMode.LEXICAL, RetrievalMode.SIMILARITY, RetrievalMode.TIME);

    /** Validates the weights and the half-life. */
    public CompositeSettings {
        weights = List.copyOf(weights);
        Problems problems = new Problems()
                .require(
                        recencyHalfLife.toMillis() > 0,
                        "recencyHalfLife",
                        "must be at least 1 ms, was %s",
                        recencyHalfLife);
        try {
            Weights parsed = parse(weights);
            problems.require(
                    MODES.containsAll(parsed.byMode().keySet())
                            && (parsed.includes(RetrievalMode.LEXICAL) || parsed.includes(RetrievalMode.SIMILARITY)),
                    "weights",
                    "must be of lexical, similarity and time, one of the first two above 0, were %s",
                    parsed);
        } catch (IllegalArgumentException wrong) {
            problems.require(false, "weights", "%s", String.valueOf(wrong.getMessage()));
        }
        problems.throwIfAny();
    }

    private static Weights parse(List<String> weights) {
        return Weights.parse(String.join(",", weights));
    }

    /** Returns the weights. */
    Weights parsed() {
        return parse(weights);
    }
}
