package dev.geotherm.engine.corpus;

/**
 * A text of a corpus, with the name that the corpus gives it.
 *
 * @param id unique in its corpus, never blank
 * @param title what the text is headed by; empty where the corpus has none
 * @param text the text itself; may be empty
 * @param source where it was read, for people: a file, or a file and a line
 */
public record Document(String id, String title, String text, String source) {
    /** Returns whether there is nothing to read in it, neither a title nor a text. */
    public boolean isEmpty() {
        return title.isBlank() && text.isBlank();
    }
}
