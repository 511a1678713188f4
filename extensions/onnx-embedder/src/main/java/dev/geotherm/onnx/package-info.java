/**
 * The embedder {@code onnx}, which runs a transformer model in ONNX format in the process, with ONNX Runtime and Hugging
 * Face's tokenizers.
 */
@NullMarked
package dev.geotherm.onnx;

import org.jspecify.annotations.NullMarked;
