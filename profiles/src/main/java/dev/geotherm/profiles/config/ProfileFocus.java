package dev.geotherm.profiles.config;

/** The purpose of a profile. */
public enum ProfileFocus {
    /** No particular focus. */
    GENERAL,
    /** Diagnosis: detailed logs and metrics. */
    DEBUGGING,
    /** High throughput. */
    THROUGHPUT,
    /** Low memory use. */
    MEMORY_EFFICIENCY,
    /** Experiments and measurements. */
    RESEARCH
}
