package dev.geotherm.engine.corpus;

import java.util.function.Supplier;

/**
 * A file of documents.
 *
 * @param name the name of the file in messages
 * @param reader the supplier of a new pass through the documents
 */
record DocumentFile(String name, Supplier<DocumentReader> reader) {}
