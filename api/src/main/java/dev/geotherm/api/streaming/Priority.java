package dev.geotherm.api.streaming;

/** How urgent a fragment is, from the least to the most. */
public enum Priority {
    /** 1: when there is nothing else to do. */
    LOWEST(1),
    /** 2. */
    LOW(2),
    /** 3: the usual. */
    NORMAL(3),
    /** 4. */
    HIGH(4),
    /** 5: may use the room that is kept for it when others are refused. */
    HIGHEST(5);

    private static final Priority[] ALL = values();

    private final int level;

    Priority(int level) {
        this.level = level;
    }

    /** Returns the number by which users write it, 1 to 5. */
    public int level() {
        return level;
    }

    /** Returns the next lower priority; {@link #LOWEST} stays. */
    public Priority lower() {
        return level == 1 ? this : ofLevel(level - 1);
    }

    /**
     * Returns the priority of a number.
     *
     * @throws IllegalArgumentException if it is not from 1 to 5
     */
    public static Priority ofLevel(int level) {
        if (level < 1 || level > ALL.length) {
            throw new IllegalArgumentException("a priority must be from 1 to 5, was " + level);
        }
        return ALL[level - 1];
    }
}
