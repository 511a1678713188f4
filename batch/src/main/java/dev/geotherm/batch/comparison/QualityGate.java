package dev.geotherm.batch.comparison;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Measure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition under which a comparison fails: {@code nDCG@10 drops}, {@code nDCG@10 drops 0.01}, {@code MAP drops 2%} or {@code
 * Recall@100 below 0.9}.
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
            "(\\S+)\\s+(?:(drops)(?:\\s+(?:by\\s+)?([0-9.]+)\\s*(%)?)?|(?:below|<)\\s*([0-9.]+))",
            Pattern.CASE_INSENSITIVE);
    private static final double ROUNDING = 1e-12;

    /** A kind of condition. */
    public enum Rule {
        /** A significant drop of the mean by at least the amount. */
        DROP,
        /** A significant drop of the mean by at least a fraction of the baseline's mean. */
        RELATIVE_DROP,
        /** A mean of the candidate that is lower than the amount, whatever the baseline's mean. */
        BELOW
    }

    /** Checks the amount. */
    public QualityGate {
        requireNonNull(measure, "measure");
        requireNonNull(rule, "rule");
        if (!(amount >= 0 && amount <= 1)) {
            throw new GeothermException(
                    "condition '" + measure + "': the amount must be from 0 to 1 (or 0 % to 100 %)");
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
     * Checks a comparison.
     *
     * @param level the level of significance, such as 0.05; with 1, every drop is significant
     */
    public Verdict check(RunComparison comparison, double level) {
        MeasureComparison compared = comparison.by(measure);
        if (rule == Rule.BELOW) {
            return new Verdict(this, compared.candidate() < amount, format("the mean is %.4f", compared.candidate()));
        }
        double drop = -compared.change();
        double least = rule == Rule.DROP ? amount : amount * compared.baseline();
        if (drop <= 0) {
            return new Verdict(this, false, drop == 0 ? "no change" : format("rose by %.4f", -drop));
        }
        String dropped = format("dropped by %.4f (%.1f %%)", drop, 100 * drop / compared.baseline());
        if (drop < least - ROUNDING) {
            return new Verdict(this, false, dropped + ", within the tolerance");
        } else if (!compared.isSignificant(level)) {
            return new Verdict(this, false, dropped + format(", not significant (p = %.3f)", compared.corrected()));
        }
        return new Verdict(this, true, dropped + format(" (p = %.4f)", compared.corrected()));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** Returns the condition as it is written. */
    @Override
    public String toString() {
        return measure
                + switch (rule) {
                    case DROP -> amount == 0 ? " drops" : " drops " + amount;
                    case RELATIVE_DROP -> format(" drops %s %%", Double.toString(Math.round(amount * 1e6) / 1e4));
                    case BELOW -> " below " + amount;
                };
    }
}
