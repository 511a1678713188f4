package dev.geotherm.engine;

import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.engine.corpus.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A splitter of documents into fragments with their origin as metadata.
 *
 * <p>The first fragment of a document has a higher priority than the others, and empty documents have the lowest, so that an
 * early state shows what matters. A title stands in front of each fragment; only the beginning of a very long one does, and
 * all of it becomes fragments, too.
 */
final class DocumentFragments {
    static final String START = "start";
    static final String END = "end";
    private static final String DOCUMENT = "document";
    private static final String TITLE = "title";

    /** The longest title in front of every piece. A longer one would outweigh them, and grow with their number. */
    private static final int LONGEST_TITLE = 500;

    private final Splitter splitter = new Splitter();
    private final Function<String, ScrubbedText> scrubber;
    private final Instant timestamp;

    /**
     * Creates a splitter.
     *
     * @param scrubber scrubs whole texts: an item of personal data that was cut in two could not be recognised
     */
    DocumentFragments(Function<String, ScrubbedText> scrubber, Instant timestamp) {
        this.scrubber = scrubber;
        this.timestamp = timestamp;
    }

    /** Returns the fragments of a document, scrubbed; their offsets are those in the text of the document. */
    List<Fragment<String>> of(Document document) {
        ScrubbedText title = scrubber.apply(document.title());
        ScrubbedText text = scrubber.apply(document.text());
        String heading = heading(title);
        List<Fragment<String>> fragments = new ArrayList<>();
        if (heading.length() < title.text().length()) {
            for (Splitter.Piece piece : splitter.split(title)) {
                fragments.add(fragment(document, heading, fragments.size(), piece.text(), 0, 0));
            }
        }
        for (Splitter.Piece piece : splitter.split(text)) {
            if (!piece.text().isEmpty() || fragments.isEmpty()) {
                int start = text.toOriginal(piece.start());
                int end = text.toOriginal(piece.end());
                fragments.add(fragment(document, heading, fragments.size(), piece.text(), start, end));
            }
        }
        return fragments;
    }

    /** Returns the title, or the beginning of a long one, cut as texts are. */
    private static String heading(ScrubbedText title) {
        return title.text().length() <= LONGEST_TITLE
                ? title.text()
                : new Splitter(LONGEST_TITLE).split(title).get(0).text();
    }

    private Fragment<String> fragment(
            Document document, String heading, int number, String content, int start, int end) {
        Priority priority = document.isEmpty() ? Priority.LOW : number == 0 ? Priority.HIGH : Priority.NORMAL;
        return new Fragment<>(
                document.id() + "#" + number,
                content,
                priority,
                timestamp,
                Map.of(
                        DOCUMENT,
                        document.id(),
                        TITLE,
                        heading,
                        "source",
                        document.source(),
                        START,
                        String.valueOf(start),
                        END,
                        String.valueOf(end)));
    }

    static String document(Fragment<String> fragment) {
        return fragment.metadata().getOrDefault(DOCUMENT, fragment.id());
    }

    static String title(Fragment<String> fragment) {
        return fragment.metadata().getOrDefault(TITLE, "");
    }

    /** Returns the text to embed and keep: the title and the piece, or only the piece if it begins with the title. */
    static String textWithTitle(Fragment<String> fragment) {
        String title = title(fragment);
        String piece = fragment.content();
        if (title.isBlank() || piece.startsWith(title)) {
            return piece;
        }
        return piece.isBlank() ? title : title + "\n" + piece;
    }
}
