package dev.geotherm.engine.corpus;

/**
 * A document of a corpus.
 *
 * @param id unique in its corpus, never blank
 * @param title the title; empty where the corpus has none
 * @param text the text; may be empty
 * @param source where it was read, for people: a file, or a file and a line
 */
public record Document(String id, String title, String text, String source) {
    /** Returns whether there is nothing to read in it, neither a title nor a text. */
    public boolean isEmpty() {
        return title.isBlank() && text.isBlank();
    }
}
