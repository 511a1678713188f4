package dev.geotherm.profiles.config;

/** The purpose of a profile. */
public enum ProfileFocus {
    /** No particular focus. */
    GENERAL,
    /** Visibility of what happens. */
    DEBUGGING,
    /** High throughput. */
    THROUGHPUT,
    /** Low memory use. */
    MEMORY_EFFICIENCY,
    /** Experiments and measurements. */
    RESEARCH
}
