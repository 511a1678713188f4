package dev.geotherm.engine;

import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.ledger.Hash128;
import java.util.ArrayList;
import java.util.List;

/**
 * A splitter of documents into scrubbed chunks. Each chunk starts with the title. Of a very long title, each chunk gets only
 * the beginning, and the whole title also becomes chunks.
 */
final class DocumentChunks {
    /**
     * The maximum length of a title repeated in every chunk. A longer one would outweigh the texts, and multiply with their
     * number.
     */
    private static final int LONGEST_TITLE = 500;

    private final Splitter splitter;
    private final Splitter titles = new Splitter(LONGEST_TITLE);
    private final Scrubber scrubber;

    /**
     * A scrubber of whole texts. Scrubbing precedes splitting because an item of personal data cut in two cannot be
     * recognised.
     */
    @FunctionalInterface
    interface Scrubber {
        ScrubbedText scrub(String text);
    }

    DocumentChunks(Splitter splitter, Scrubber scrubber) {
        this.splitter = splitter;
        this.scrubber = scrubber;
    }

    /**
     * A scrubbed chunk.
     *
     * @param title the title before the text, or its beginning; may be empty
     * @param text the text
     * @param start the start offset in the text of the document
     * @param end the end offset, exclusive
     */
    record Text(String title, String text, int start, int end) {

        /** Returns the text to embed and store: the title and the piece, or only the piece if it begins with the title. */
        String withTitle() {
            if (title.isBlank() || text.startsWith(title)) {
                return text;
            }
            return text.isBlank() ? title : title + "\n" + text;
        }

        /** Returns the hash of title and text. */
        Hash128 hash() {
            return Hash128.of(title, text);
        }
    }

    /** Returns the chunks of a document, at least one. Offsets refer to the original text. */
    List<Text> of(Document document) {
        ScrubbedText title = document.title().isEmpty() ? ScrubbedText.unchanged("") : scrubber.scrub(document.title());
        ScrubbedText text = scrubber.scrub(document.text());
        String heading = heading(title);
        List<Text> chunks = new ArrayList<>();
        if (heading.length() < title.text().length()) {
            for (Splitter.Piece piece : splitter.behind(heading).split(title)) {
                chunks.add(new Text(heading, piece.text(), 0, 0));
            }
        }
        for (Splitter.Piece piece : splitter.behind(heading).split(text)) {
            if (!piece.text().isEmpty() || chunks.isEmpty()) {
                chunks.add(
                        new Text(heading, piece.text(), text.toOriginal(piece.start()), text.toOriginal(piece.end())));
            }
        }
        return chunks;
    }

    /** Returns the title, or the beginning of a long one, cut by the same rules as texts. */
    private String heading(ScrubbedText title) {
        return title.text().length() <= LONGEST_TITLE
                ? title.text()
                : titles.split(title).get(0).text();
    }
}
