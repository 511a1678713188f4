package dev.geotherm.api.diff;

/** A format of encoded updates. */
public enum UpdateFormat {
    /** JSON text, for people and other programs. */
    JSON,
    /** A binary form, smaller than JSON. */
    BINARY
}
