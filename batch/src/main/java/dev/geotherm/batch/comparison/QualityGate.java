package dev.geotherm.batch.comparison;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Measure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition under which a comparison fails, such as {@code nDCG@10 drops}, {@code nDCG@10 drops 0.01}, {@code MAP drops
 * 2%} or {@code Recall@100 below 0.9}.
 *
 * <p>A drop fails only if it is significant, because a mean over a finite number of queries also changes by chance.
 *
 * @param measure the measure
 * @param rule the kind of condition
 * @param amount the smallest drop of the mean that fails (0 for any), as a difference or as a fraction of the baseline; or the
 *     lowest mean that passes
 */
public record QualityGate(Measure measure, Rule rule, double amount) {
    private static final Pattern TEXT = Pattern.compile(
            "(\\S+)\\s+(?:(drops)(?:\\s+(?:by\\s+)?([0-9.]+(?:e-?[0-9]+)?)\\s*(%)?)?|(?:below|<)\\s*([0-9.]+(?:e-?[0-9]+)?))",
            Pattern.CASE_INSENSITIVE);

    /** A kind of condition. */
    public enum Rule {
        /** A significant drop of the mean by at least the amount. */
        DROP,
        /** A significant drop of the mean by at least a fraction of the baseline's mean. */
        RELATIVE_DROP,
        /** A mean of the candidate below the amount, whatever the baseline's mean. */
        BELOW
    }

    /** Validates the amount. */
    public QualityGate {
        requireNonNull(measure, "measure");
        requireNonNull(rule, "rule");
        if (!(amount >= 0 && amount <= 1)) {
            throw new GeothermException(
                    "a condition on " + measure + ": the amount must be from 0 to 1, or from 0 % to 100 %, was "
                            + (rule == Rule.RELATIVE_DROP ? amount * 100 + " %" : amount));
        }
    }

    /**
     * The result of a condition.
     *
     * @param gate the condition
     * @param failed whether the comparison fails
     * @param reason what was found, in one line
     */
    public record Verdict(QualityGate gate, boolean failed, String reason) {}

    /**
     * Parses a condition.
     *
     * @throws GeothermException if the text is not a condition, or the measure is unknown
     */
    public static QualityGate parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw unknown(text);
        }
        Measure measure = Measure.parse(parts.group(1));
        if (parts.group(2) == null) {
            return new QualityGate(measure, Rule.BELOW, number(text, parts.group(5)));
        } else if (parts.group(3) == null) {
            return new QualityGate(measure, Rule.DROP, 0);
        }
        double amount = number(text, parts.group(3));
        return parts.group(4) == null
                ? new QualityGate(measure, Rule.DROP, amount)
                : new QualityGate(measure, Rule.RELATIVE_DROP, amount / 100);
    }

    private static double number(String text, String digits) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException wrong) {
            throw unknown(text);
        }
    }

    private static GeothermException unknown(String text) {
        return new GeothermException(
                "condition '" + text + "' is not known; expected 'MEASURE drops', 'MEASURE drops 0.01',"
                        + " 'MEASURE drops 2%' or 'MEASURE below 0.4'");
    }

    /**
     * Checks a comparison against conditions. The p-values are corrected by Holm's method for the number of measures that
     * must not drop, however many other measures are compared.
     *
     * @param level the significance level, such as 0.05; with 1, every drop is significant
     * @return the verdicts, in the order of the conditions
     * @throws IllegalArgumentException if the measure of a condition was not compared
     */
    public static List<Verdict> check(List<QualityGate> gates, RunComparison comparison, double level) {
        List<Measure> dropping = gates.stream()
                .filter(gate -> gate.rule != Rule.BELOW)
                .map(QualityGate::measure)
                .distinct()
                .toList();
        double[] corrected = PairedTest.holm(dropping.stream()
                .mapToDouble(measure -> comparison.by(measure).randomization())
                .toArray());
        return gates.stream()
                .map(gate -> {
                    MeasureComparison compared = comparison.by(gate.measure);
                    return gate.rule == Rule.BELOW
                            ? gate.below(compared)
                            : gate.dropped(compared, corrected[dropping.indexOf(gate.measure)], level);
                })
                .toList();
    }

    /** Checks a comparison against this condition alone; see {@link #check(List, RunComparison, double)}. */
    public Verdict check(RunComparison comparison, double level) {
        return check(List.of(this), comparison, level).get(0);
    }

    private Verdict below(MeasureComparison compared) {
        return new Verdict(
                this,
                compared.candidate() < amount - RunComparison.ROUNDING,
                format("the mean is %.4f", compared.candidate()));
    }

    private Verdict dropped(MeasureComparison compared, double p, double level) {
        double drop = -compared.change();
        double least = rule == Rule.DROP ? amount : amount * compared.baseline();
        if (Math.abs(drop) <= RunComparison.ROUNDING) {
            return new Verdict(this, false, "no change");
        } else if (drop < 0) {
            return new Verdict(this, false, format("rose by %.4f", -drop));
        }
        String dropped = format("dropped by %.4f (%.1f %%)", drop, 100 * drop / compared.baseline());
        if (drop < least - RunComparison.ROUNDING) {
            return new Verdict(this, false, dropped + ", within the tolerance");
        } else if (p > level) {
            return new Verdict(this, false, dropped + format(", not significant (p = %.3f)", p));
        }
        return new Verdict(this, true, dropped + (p < 0.0001 ? " (p < 0.0001)" : format(" (p = %.4f)", p)));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** Returns the condition in a form that {@link #parse} accepts. */
    @Override
    public String toString() {
        return measure
                + switch (rule) {
                    case DROP -> amount == 0 ? " drops" : " drops " + digits(1);
                    case RELATIVE_DROP -> " drops " + digits(100) + " %";
                    case BELOW -> " below " + digits(1);
                };
    }

    private String digits(int factor) {
        BigDecimal exact = BigDecimal.valueOf(amount).multiply(BigDecimal.valueOf(factor), new MathContext(12));
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
