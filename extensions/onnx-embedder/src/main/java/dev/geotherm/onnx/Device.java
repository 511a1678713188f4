package dev.geotherm.onnx;

/** The device that runs a model. */
public enum Device {
    /** The processor. */
    CPU,
    /** The first GPU, through ONNX Runtime's CUDA execution provider. */
    CUDA
}
