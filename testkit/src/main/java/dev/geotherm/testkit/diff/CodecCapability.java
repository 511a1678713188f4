package dev.geotherm.testkit.diff;

/** A capability that a delta codec may or may not have. */
public enum CodecCapability {
    /** It needs no state: it encodes and decodes without one. */
    WITHOUT_STATE,
    /** A decoded delta has the changes of the encoded one, not only their effect. */
    SAME_CHANGES,
    /** It can set a member to null. */
    NULL_MEMBERS,
    /** It can encode values that are nested thousands of levels deep. */
    DEEP_VALUES,
    /** It can encode member names with unpaired surrogates. */
    EVERY_NAME,
    /** It refuses to decode against a state other than the one that it encoded against. */
    KNOWS_ITS_STATE
}
