/**
 * The embedder {@code openai}: embeds texts by requests to a server with OpenAI's HTTP interface ({@code POST …/embeddings}), such as
 * OpenAI, Azure OpenAI, Ollama, vLLM or llama.cpp.
 */
@NullMarked
package dev.geotherm.openai;

import org.jspecify.annotations.NullMarked;
