package dev.geotherm.api.anchor;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The weights of the modes that a query combines. Only their ratios matter.
 *
 * @param byMode a weight of at least 0 for each mode that takes part; empty for the weights of the retriever's settings
 */
public record Weights(Map<RetrievalMode, Double> byMode) {
    private static final Weights NONE = new Weights(Map.of());

    /** Copies the map, and checks that each mode can take part and that at least one weight is above 0. */
    public Weights {
        byMode.forEach((mode, weight) -> {
            if (mode.combines()) {
                throw new IllegalArgumentException("mode " + mode + " combines others and cannot have a weight");
            }
            if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "the weight of mode " + mode + " must be a number of at least 0, was " + weight);
            }
        });
        if (!byMode.isEmpty() && byMode.values().stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("at least one weight must be above 0");
        }
        byMode = byMode.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(byMode));
    }

    /** Returns empty weights, which stand for those of the retriever's settings. */
    public static Weights none() {
        return NONE;
    }

    /**
     * Parses weights, for example {@code lexical=0.6, similarity=0.3, time=0.1}.
     *
     * @throws IllegalArgumentException if the text does not have this form
     */
    public static Weights parse(String text) {
        Weights weights = NONE;
        for (String part : text.split(",")) {
            String[] modeAndWeight = part.strip().split("\\s*=\\s*");
            try {
                RetrievalMode mode = RetrievalMode.valueOf(modeAndWeight[0].toUpperCase(Locale.ROOT));
                if (modeAndWeight.length != 2 || weights.byMode.containsKey(mode)) {
                    throw new IllegalArgumentException("not of the form mode=weight: " + part);
                }
                weights = weights.with(mode, Double.parseDouble(modeAndWeight[1]));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "weights must be such as lexical=0.6,similarity=0.3,time=0.1, with each mode once, were '"
                                + text + "'",
                        wrong);
            }
        }
        return weights;
    }

    /** Returns a copy with another weight for a mode. */
    public Weights with(RetrievalMode mode, double weight) {
        Map<RetrievalMode, Double> all = new EnumMap<>(RetrievalMode.class);
        all.putAll(byMode);
        all.put(mode, weight);
        return new Weights(all);
    }

    /** Returns a copy without a mode. */
    public Weights without(RetrievalMode mode) {
        Map<RetrievalMode, Double> others = new EnumMap<>(RetrievalMode.class);
        others.putAll(byMode);
        others.remove(mode);
        return new Weights(others);
    }

    /** Returns whether these stand for the weights of the retriever's settings. */
    public boolean isNone() {
        return byMode.isEmpty();
    }

    /** Returns whether a mode takes part: its weight is above 0. */
    public boolean includes(RetrievalMode mode) {
        return byMode.getOrDefault(mode, 0.0) > 0;
    }

    /** Returns the weight of a mode as a share of the sum of all weights, 0 to 1. */
    public double share(RetrievalMode mode) {
        double sum = byMode.values().stream().mapToDouble(Double::doubleValue).sum();
        return sum == 0 ? 0 : byMode.getOrDefault(mode, 0.0) / sum;
    }

    /** Returns the weights in the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return byMode.entrySet().stream()
                .map(each -> each.getKey().name().toLowerCase(Locale.ROOT) + "=" + each.getValue())
                .collect(joining(","));
    }
}
