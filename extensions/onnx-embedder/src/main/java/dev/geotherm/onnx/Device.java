package dev.geotherm.onnx;

/** Where a model runs. */
public enum Device {
    /** On the processor's cores. */
    CPU,
    /** On the first GPU, by ONNX Runtime's CUDA execution provider. */
    CUDA
}
