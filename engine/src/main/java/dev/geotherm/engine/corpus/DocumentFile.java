package dev.geotherm.engine.corpus;

import java.util.function.Supplier;

/**
 * A file of documents.
 *
 * @param name the file, for messages
 * @param reader starts a pass through its documents
 */
record DocumentFile(String name, Supplier<DocumentReader> reader) {}
