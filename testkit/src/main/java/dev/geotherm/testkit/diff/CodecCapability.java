package dev.geotherm.testkit.diff;

/** A capability that a delta codec may or may not have. */
public enum CodecCapability {
    /** It needs no state: what it encodes without one, it decodes without one. */
    WITHOUT_STATE,
    /** A decoded delta has the changes of the encoded one, not only their effect. */
    SAME_CHANGES,
    /** It can put a null into an object. */
    NULL_MEMBERS,
    /** It can encode member names with unpaired surrogates. */
    EVERY_NAME,
    /** It refuses to decode against another state than the one that it encoded against. */
    KNOWS_ITS_STATE
}
