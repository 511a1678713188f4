package dev.geotherm.engine.corpus;

/**
 * A document of a corpus.
 *
 * @param id the id, unique in its corpus; never blank
 * @param title the title; empty if the corpus has none
 * @param text the text; may be empty
 * @param source the place where it was read, for messages: a file, or a file and a line
 */
public record Document(String id, String title, String text, String source) {
    /** Returns whether the document has neither a title nor a text with content. */
    public boolean isEmpty() {
        return title.isBlank() && text.isBlank();
    }
}
