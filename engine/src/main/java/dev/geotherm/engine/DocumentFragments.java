package dev.geotherm.engine;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.engine.corpus.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A splitter of documents into fragments with their origin as metadata.
 *
 * <p>The first fragment of a document has a higher priority than the others, and empty documents have the lowest, so that an
 * early state shows what matters.
 */
final class DocumentFragments {
    static final String START = "start";
    static final String END = "end";
    private static final String DOCUMENT = "document";
    private static final String TITLE = "title";

    private final Splitter splitter = new Splitter();
    private final Instant timestamp;

    DocumentFragments(Instant timestamp) {
        this.timestamp = timestamp;
    }

    List<Fragment<String>> of(Document document) {
        List<Splitter.Piece> pieces = splitter.split(document.text());
        List<Fragment<String>> fragments = new ArrayList<>(pieces.size());
        for (int i = 0; i < pieces.size(); i++) {
            Splitter.Piece piece = pieces.get(i);
            Priority priority = document.isEmpty() ? Priority.LOW : i == 0 ? Priority.HIGH : Priority.NORMAL;
            fragments.add(new Fragment<>(
                    document.id() + "#" + i,
                    piece.text(),
                    priority,
                    timestamp,
                    Map.of(
                            DOCUMENT,
                            document.id(),
                            TITLE,
                            document.title(),
                            "source",
                            document.source(),
                            START,
                            String.valueOf(piece.start()),
                            END,
                            String.valueOf(piece.end()))));
        }
        return fragments;
    }

    static String document(Fragment<String> fragment) {
        return fragment.metadata().getOrDefault(DOCUMENT, fragment.id());
    }

    static String title(Fragment<String> fragment) {
        return fragment.metadata().getOrDefault(TITLE, "");
    }

    /** Returns the text to embed and keep: the title and the piece, or only the piece if it begins with the title. */
    static String withTitle(String title, String piece) {
        if (title.isBlank() || piece.startsWith(title)) {
            return piece;
        }
        return piece.isBlank() ? title : title + "\n" + piece;
    }
}
