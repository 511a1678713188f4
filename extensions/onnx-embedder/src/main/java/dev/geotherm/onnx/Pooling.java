package dev.geotherm.onnx;

/** A method that combines the vectors of a text's tokens into the vector of the text. */
public enum Pooling {
    /** The mean of the vectors. */
    MEAN,
    /** The vector of the first token. */
    CLS
}
