package dev.geotherm.openai;

/** An encoding of vectors in a response. */
public enum VectorEncoding {
    /** Arrays of numbers, which every server supports. */
    FLOAT,
    /** Base64 of little-endian 32-bit numbers: a third of the bytes, but not supported by every server. */
    BASE64
}
