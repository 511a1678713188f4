package dev.geotherm.delta;

/** The size of a delta in five steps; each implementation documents its thresholds. */
public enum DeltaCategory {
    /** No significant change. */
    NONE,
    /** A minimal change. */
    MINIMAL,
    /** A small part of the state. */
    MODERATE,
    /** A large part of the state. */
    SIGNIFICANT,
    /** Most of the state. */
    MAJOR
}
