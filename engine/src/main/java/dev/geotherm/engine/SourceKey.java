package dev.geotherm.engine;

import dev.geotherm.engine.ledger.Hash128;
import java.util.ArrayList;
import java.util.List;

/**
 * A source of documents, and the prefix of the ids of its documents and passages. Two sources can have documents of the same
 * id. The prefix depends on the name only, so that everything derived from the ids does, too.
 *
 * @param name the name; empty for the only source of a run
 * @param prefix the prefix; empty if the name is
 */
record SourceKey(String name, String prefix) {
    /** The length of the prefix of a source with a name. */
    static final int PREFIX = 9;

    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    static SourceKey of(String name) {
        if (name.isEmpty()) {
            return new SourceKey(name, "");
        }
        long hash = Hash128.of(name).high();
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < PREFIX - 1; i++) {
            prefix.append(DIGITS.charAt((int) (hash >>> (59 - 5 * i)) & 31));
        }
        return new SourceKey(name, prefix.append(':').toString());
    }

    /** Returns the id under which a document is indexed. */
    String document(String id) {
        return prefix + id;
    }

    /** Returns the id of a passage. */
    String passage(String document, int number) {
        return prefix + document + "#" + number;
    }

    /** Returns the ids of the first passages of a document. */
    List<String> passages(String document, int count) {
        List<String> passages = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            passages.add(passage(document, number));
        }
        return passages;
    }

    /** Returns the id of a document in its source. */
    String plain(String document) {
        return document.substring(prefix.length());
    }
}
