package dev.geotherm.engine;

import dev.geotherm.engine.ledger.Hash128;
import java.util.ArrayList;
import java.util.List;

/**
 * A source of documents, and the prefix of its document and passage ids in the index, because two sources can have documents
 * with the same id. The prefix, and everything derived from the ids, depends only on the name.
 *
 * @param name the name; empty for the single source of a run
 * @param prefix the prefix; empty if the name is empty
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

    /** Returns the id of a document in the index. */
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
