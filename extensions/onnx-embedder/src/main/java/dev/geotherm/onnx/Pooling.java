package dev.geotherm.onnx;

/** How the vectors of a text's tokens become the vector of the text. */
public enum Pooling {
    /** Their mean. */
    MEAN,
    /** The vector of the first token. */
    CLS
}
