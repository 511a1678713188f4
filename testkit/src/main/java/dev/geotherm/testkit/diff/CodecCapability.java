package dev.geotherm.testkit.diff;

/** An optional capability of a delta codec. */
public enum CodecCapability {
    /** The codec encodes and decodes without a state. */
    WITHOUT_STATE,
    /** A decoded delta has the same changes as the encoded delta, not only the same effect. */
    SAME_CHANGES,
    /** The codec can set a member to null. */
    NULL_MEMBERS,
    /** The codec can encode values nested thousands of levels deep. */
    DEEP_VALUES,
    /** The codec can encode member names with unpaired surrogates. */
    EVERY_NAME,
    /** The codec refuses to decode against another state than the one used to encode. */
    KNOWS_ITS_STATE
}
