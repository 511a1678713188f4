package dev.geotherm.testkit.diff;

/** What a codec of deltas may or may not be able to do. */
public enum CodecCapability {
    /** It needs no state: what it encodes alone, it decodes alone. */
    WITHOUT_STATE,
    /** A decoded delta has the changes of the encoded one, not only their effect. */
    SAME_CHANGES,
    /** It can put a null into an object. */
    NULL_MEMBERS,
    /** It can carry names with half a surrogate pair. */
    EVERY_NAME,
    /** What it encodes against a state it refuses to decode against another one. */
    KNOWS_ITS_STATE
}
