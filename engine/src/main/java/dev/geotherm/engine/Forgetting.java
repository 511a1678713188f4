package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.engine.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The complete removal of documents: from anchors, passages, ledger and state, from the history in all files, and from
 * results of earlier evaluations. A search of the files verifies the removal.
 *
 * <p>Not thread-safe; nothing else may change the store during the removal.
 */
final class Forgetting {
    private static final int REMOVED_AT_ONCE = 500;

    /** The maximum number of passages to search for by their beginnings. */
    private static final int PROBED_PASSAGES = 2_000;

    private static final int PROBE_CHARACTERS = 40;

    private final KnowledgeStore store;
    private final KnowledgeFolder folder;
    private final DeadLetterFile deadLetters;
    private final String source;
    private final @Nullable String document;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Set<String> beginnings = new LinkedHashSet<>();
    private long passages;

    /**
     * Creates the removal of a source, or of one of its documents.
     *
     * @param document the id of the document, or null for all documents of the source
     */
    Forgetting(
            KnowledgeStore store,
            KnowledgeFolder folder,
            DeadLetterFile deadLetters,
            String source,
            @Nullable String document) {
        this.store = store;
        this.folder = folder;
        this.deadLetters = deadLetters;
        this.source = source;
        this.document = document;
    }

    ForgetResult run(Progress progress) throws IOException {
        List<LedgerEntry> entries = entries();
        SourceKey key = SourceKey.of(source);
        if (document == null) {
            ids.add(key.prefix());
        }
        progress.begin(() -> new Progress.Step("remove", "passages", passages, 0, 0, ""));
        for (int from = 0; from < entries.size(); from += REMOVED_AT_ONCE) {
            List<LedgerEntry> some = entries.subList(from, Math.min(entries.size(), from + REMOVED_AT_ONCE));
            for (LedgerEntry entry : some) {
                remember(key, entry);
            }
            store.remove(some);
        }
        store.commit();
        progress.begin(() -> new Progress.Step("write without it", "", 0, 0, 0, ""));
        store.index().refresh();
        store.compact();
        removeDeadLetters();
        deleteResults();
        return prove(entries.size(), progress);
    }

    private List<LedgerEntry> entries() throws IOException {
        List<LedgerEntry> entries = document == null
                ? store.ledger().entries(source)
                : store.ledger().find(source, document).map(List::of).orElse(List.of());
        if (entries.isEmpty()) {
            String known = String.join(", ", store.ledger().sources());
            throw new GeothermException((document == null
                            ? "source " + source + " has no documents"
                            : "source " + source + " has no document " + document)
                    + "; the sources are: " + (known.isEmpty() ? "none" : known));
        }
        return entries;
    }

    private void remember(SourceKey key, LedgerEntry entry) {
        if (document != null) {
            ids.add(key.document(document) + "#");
        }
        for (Passage passage :
                store.index().find(key.passages(entry.document(), entry.chunks().size()))) {
            passages++;
            String text = passage.text();
            probe(text);
        }
    }

    private void probe(String text) {
        if (beginnings.size() < PROBED_PASSAGES && text.length() >= PROBE_CHARACTERS) {
            beginnings.add(text.substring(0, PROBE_CHARACTERS));
        }
    }

    private void removeDeadLetters() throws IOException {
        deadLetters.removeIf(this::isForgotten);
    }

    /** Returns whether a dead letter belongs to a forgotten document. If so, adds its text to the texts to search for. */
    private boolean isForgotten(DeadLetterLine letter) {
        boolean forgotten = letter.chunk().source().equals(source)
                && (document == null || letter.chunk().document().equals(document));
        if (forgotten) {
            probe(letter.text().text());
        }
        return forgotten;
    }

    /** Deletes the results of earlier evaluations, because they name documents. */
    private void deleteResults() throws IOException {
        Files.deleteIfExists(folder.file(KnowledgeFolder.RUN));
        Files.deleteIfExists(folder.file(KnowledgeFolder.EVALUATION));
        folder.deleteCheckpoint();
    }

    private ForgetResult prove(long documents, Progress progress) throws IOException {
        progress.begin(() -> new Progress.Step("search the files", "", 0, 0, 0, ""));
        Map<String, String> wanted = new HashMap<>(); // the forgotten texts by each form that a file can contain
        for (Set<String> some : List.of(ids, beginnings)) {
            for (String each : some) {
                wanted.put(each, each);
                wanted.put(inJson(each), each);
            }
        }
        ByteSearch search = new ByteSearch(wanted.keySet());
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.path())) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            for (String form : search.in(file)) {
                String found = wanted.getOrDefault(form, form);
                if (ids.contains(found) || !remains(found)) {
                    throw new GeothermException(
                            "the documents are removed, but " + file + " still contains '" + found + "'");
                }
            }
        }
        return new ForgetResult(documents, passages, files.size(), search.bytes(), ids.size() + beginnings.size());
    }

    /** Returns a text as escaped in JSON, the format of deltas and dead letters. */
    private static String inJson(String text) throws IOException {
        String quoted = Json.MAPPER.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Returns whether a remaining passage contains a text. */
    private boolean remains(String text) {
        boolean[] found = {false};
        store.index().forEach(passage -> found[0] |= passage.text().contains(text));
        return found[0];
    }
}
