package dev.geotherm.engine.corpus;

import java.util.List;

/**
 * A set of synonyms (synset) in WordNet: words with a common meaning, its definition, and usage examples.
 *
 * <p>Format: WordNet's manual page wndb(5WN). A line is {@code offset file type count(hexadecimal) {word id}* … | gloss},
 * and the gloss is {@code definition; "example"; "example"}.
 */
record Synset(String id, String words, String definition, List<String> examples, String source) {
    Document document() {
        return new Document(id, words, definition, source);
    }

    String queryId(int example) {
        return id + "-" + (example + 1);
    }
}
