package dev.geotherm.api.diff;

/** How much a state changed, in five steps; each implementation says where they are. */
public enum DeltaCategory {
    /** Nothing that counts. */
    NONE,
    /** Almost nothing. */
    MINIMAL,
    /** A little. */
    MODERATE,
    /** Much. */
    SIGNIFICANT,
    /** So much that little is left of what was. */
    MAJOR
}
