package dev.geotherm.api.streaming;

/** The urgency of a fragment, from the lowest to the highest. */
public enum Priority {
    /** 1: the lowest priority. */
    LOWEST(1),
    /** 2. */
    LOW(2),
    /** 3: the default. */
    NORMAL(3),
    /** 4. */
    HIGH(4),
    /** 5: accepted by {@link IngestionPipeline#offer} until the queue is full. */
    HIGHEST(5);

    private static final Priority[] ALL = values();

    private final int level;

    Priority(int level) {
        this.level = level;
    }

    /** Returns the number of this priority, 1 to 5. */
    public int level() {
        return level;
    }

    /** Returns the next lower priority, or {@link #LOWEST} itself. */
    public Priority lower() {
        return level == 1 ? this : ofLevel(level - 1);
    }

    /**
     * Returns the priority with the given number.
     *
     * @throws IllegalArgumentException if the number is not from 1 to 5
     */
    public static Priority ofLevel(int level) {
        if (level < 1 || level > ALL.length) {
            throw new IllegalArgumentException("a priority must be from 1 to 5, was " + level);
        }
        return ALL[level - 1];
    }
}
