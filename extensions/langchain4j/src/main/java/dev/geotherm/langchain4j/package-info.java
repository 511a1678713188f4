/**
 * Adapters between LangChain4j and Geotherm: embedding stores, a content retriever and an embedder; and an ingestor that
 * keeps a ledger for any embedding store.
 */
@NullMarked
package dev.geotherm.langchain4j;

import org.jspecify.annotations.NullMarked;
