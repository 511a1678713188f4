/**
 * The embedder {@code onnx}: runs a transformer model in ONNX format in the process, with ONNX Runtime, and tokenizes with Hugging Face's
 * tokenizers.
 */
@NullMarked
package dev.geotherm.onnx;

import org.jspecify.annotations.NullMarked;
