/**
 * The embedder {@code openai}, which requests vectors from a server with an OpenAI-compatible API ({@code POST
 * …/embeddings}), such as OpenAI, Azure OpenAI, Ollama, vLLM or llama.cpp.
 */
@NullMarked
package dev.geotherm.openai;

import org.jspecify.annotations.NullMarked;
