package dev.geotherm.api.streaming;

/** How full a queue is, in five levels. */
public enum BackpressureLevel {
    /** Less than half. */
    NONE(0),
    /** Half or more. */
    LOW(0.50),
    /** 70 % or more. */
    MEDIUM(0.70),
    /** 85 % or more. */
    HIGH(0.85),
    /** 95 % or more. */
    CRITICAL(0.95);

    private static final BackpressureLevel[] ALL = values();

    private final double from;

    BackpressureLevel(double from) {
        this.from = from;
    }

    /** Returns the fill from which on the level applies, 0 to 1. */
    public double from() {
        return from;
    }

    /** Returns the level of a queue that is filled to the given part, 0 to 1. */
    public static BackpressureLevel of(double fill) {
        for (int i = ALL.length - 1; i > 0; i--) {
            if (fill >= ALL[i].from) {
                return ALL[i];
            }
        }
        return NONE;
    }
}
