package dev.geotherm.streaming;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.api.streaming.BackpressureLevel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The settings of a pipeline's backpressure: the capacity of the queue, and the fills at which state and level change. A fill is
 * a fraction of the capacity, above 0 and at most 1, in fragments or in bytes, whichever is larger.
 *
 * <p>The level follows the fill and, if they have limits, the predicted sojourn time of a new fragment in the queue and the age
 * of the oldest one, each as a fraction of its limit. The highest of the three counts. A level ends when all three are below the
 * start of the next lower one; {@link BackpressureLevel#LOW} ends at half of its start.
 *
 * @param capacity how many fragments can wait
 * @param capacityBytes how many bytes can wait: a fragment is accepted while there are fewer; 0 for no limit
 * @param lowWatermark the fill below which backpressure ends
 * @param highWatermark the fill at which backpressure begins: offers are refused until it ends
 * @param lowLevel the fill from which the level is {@link BackpressureLevel#LOW}
 * @param mediumLevel the fill from which the level is {@link BackpressureLevel#MEDIUM}
 * @param highLevel the fill from which the level is {@link BackpressureLevel#HIGH}
 * @param criticalLevel the fill from which the level is {@link BackpressureLevel#CRITICAL}
 * @param sojournLimit the predicted sojourn time that counts like a full queue; 0 ignores it
 * @param ageLimit the age of the oldest fragment that counts like a full queue; 0 ignores it
 * @param whenCritical what happens to fragments while the level is critical
 */
public record BackpressureSettings(
        @Setting(defaultValue = "500", description = "How many fragments can wait in a pipeline.")
        int capacity,

        @Setting(
                defaultValue = "64MiB",
                description =
                        "How many bytes can wait in a pipeline, as far as the sizes of fragments are known; 0 for any.")
        DataSize capacityBytes,

        @Setting(
                defaultValue = "0.5",
                description = "Fill level of the queue, 0 to 1, below which offers are accepted again.")
        double lowWatermark,

        @Setting(defaultValue = "0.8", description = "Fill level of the queue, 0 to 1, at which offers are refused.")
        double highWatermark,

        @Setting(defaultValue = "0.5", description = "Fill level at which the backpressure level becomes low.")
        double lowLevel,

        @Setting(defaultValue = "0.7", description = "Fill level at which the backpressure level becomes medium.")
        double mediumLevel,

        @Setting(defaultValue = "0.85", description = "Fill level at which the backpressure level becomes high.")
        double highLevel,

        @Setting(defaultValue = "0.95", description = "Fill level at which the backpressure level becomes critical.")
        double criticalLevel,

        @Setting(
                defaultValue = "0s",
                description =
                        "Predicted time in the queue that raises the level as much as a full queue; 0s ignores it.")
        Duration sojournLimit,

        @Setting(
                defaultValue = "0s",
                description =
                        "Age of the oldest waiting fragment that raises the level as much as a full queue; 0s ignores it.")
        Duration ageLimit,

        @Setting(
                defaultValue = "wait",
                description =
                        "Whether producers wait for room or are refused while the level is critical: wait or refuse.")
        WhenCritical whenCritical) {

    /** Checks every value. */
    public BackpressureSettings {
        Problems problems = new Problems().require(capacity >= 1, "capacity", "must be at least 1, was %s", capacity);
        requireFill(problems, "lowWatermark", lowWatermark);
        requireFill(problems, "highWatermark", highWatermark);
        requireFill(problems, "lowLevel", lowLevel);
        requireFill(problems, "mediumLevel", mediumLevel);
        requireFill(problems, "highLevel", highLevel);
        requireFill(problems, "criticalLevel", criticalLevel);
        requireOrder(problems, "highWatermark", highWatermark, "lowWatermark", lowWatermark);
        requireOrder(problems, "mediumLevel", mediumLevel, "lowLevel", lowLevel);
        requireOrder(problems, "highLevel", highLevel, "mediumLevel", mediumLevel);
        requireOrder(problems, "criticalLevel", criticalLevel, "highLevel", highLevel);
        problems.require(!sojournLimit.isNegative(), "sojournLimit", "must be at least 0, was %s", sojournLimit)
                .require(!ageLimit.isNegative(), "ageLimit", "must be at least 0, was %s", ageLimit)
                .throwIfAny();
    }

    /** Returns the predicted sojourn time that counts like a full queue; 0 if it is ignored. */
    long sojournLimitNanos() {
        return TimeUnit.NANOSECONDS.convert(sojournLimit);
    }

    /** Returns the age that counts like a full queue; 0 if it is ignored. */
    long ageLimitNanos() {
        return TimeUnit.NANOSECONDS.convert(ageLimit);
    }

    private static void requireFill(Problems problems, String name, double fill) {
        problems.require(fill > 0 && fill <= 1, name, "must be above 0 and at most 1, was %s", fill);
    }

    private static void requireOrder(Problems problems, String name, double level, String lower, double lowerLevel) {
        problems.require(!(level < lowerLevel), name, "must be at least %s (%s), was %s", lower, lowerLevel, level);
    }
}
