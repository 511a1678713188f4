package dev.geotherm.api.document;

import static java.util.Objects.requireNonNull;

/**
 * The content of a document's file.
 *
 * @param title the title; empty if the file has none
 * @param text the text as a reader sees it; may be empty
 */
public record FileContent(String title, String text) {

    /** Checks that nothing is null. */
    public FileContent {
        requireNonNull(title, "title");
        requireNonNull(text, "text");
    }
}
