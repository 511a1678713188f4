package dev.geotherm.profiles.config;

/** The purpose of a profile. */
public enum ProfileFocus {
    /** Nothing in particular. */
    GENERAL,
    /** To see what happens. */
    DEBUGGING,
    /** To get much done. */
    THROUGHPUT,
    /** To get by with little memory. */
    MEMORY_EFFICIENCY,
    /** To try things out and measure them. */
    RESEARCH
}
