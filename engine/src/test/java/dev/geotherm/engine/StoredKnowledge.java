package dev.geotherm.engine;

import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.engine.ledger.LedgerEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Everything in a knowledge that is a function of its sources.
 *
 * @param passages the passages by their ids, with texts, places, hashes and anchors
 * @param anchors the anchors by their ids, with texts and passages
 * @param documents the entries of the ledger by their sources and ids
 */
record StoredKnowledge(
        TreeMap<String, String> passages, TreeMap<String, String> anchors, TreeMap<String, LedgerEntry> documents) {

    static StoredKnowledge of(Knowledge knowledge) throws IOException {
        TreeMap<String, String> passages = new TreeMap<>();
        KnowledgeStore store = knowledge.generations.current();
        store.index()
                .forEach(each -> passages.put(
                        each.id(),
                        each.document() + " " + each.source() + " " + each.title() + " " + each.text() + " "
                                + each.start() + " " + each.end() + " " + each.hash() + " " + each.anchor()));
        TreeMap<String, String> anchors = new TreeMap<>();
        for (Anchor anchor : knowledge.anchors()) {
            List<String> utterances = new ArrayList<>(anchor.provenance().utterances());
            anchors.put(anchor.id().value(), anchor.text() + " " + utterances);
        }
        TreeMap<String, LedgerEntry> documents = new TreeMap<>();
        store.ledger().forEach(entry -> documents.put(entry.source() + "/" + entry.document(), entry));
        return new StoredKnowledge(passages, anchors, documents);
    }
}
