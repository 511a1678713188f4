package dev.geotherm.openai;

/** How a server writes the vectors of its answer. */
public enum VectorEncoding {
    /** As arrays of numbers, which every server can write. */
    FLOAT,
    /** As base64 of 32-bit numbers, little-endian: a third of the bytes, but not every server can write it. */
    BASE64
}
