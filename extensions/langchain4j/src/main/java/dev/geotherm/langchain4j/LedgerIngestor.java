package dev.geotherm.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.Ledger;
import dev.geotherm.engine.ledger.LedgerEntry;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.FolderLockedException;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An ingestor of documents into any LangChain4j embedding store, with a ledger of the store's content.
 *
 * <p>An ingestion brings the store up to date with a source. An unchanged document costs one hash. Of a changed document,
 * only segments with changed text or metadata are embedded, and segments that no longer exist are removed. Documents that
 * are no longer in the source are removed. The ingestor never reads from the store.
 *
 * <p>After a crash or failure at any moment, ingest again: acknowledged segments are not embedded again, and segments that
 * the store may have without acknowledgement are removed first. The ledger records ids before they are sent, so the store
 * must accept ids ({@code addAll(ids, embeddings, segments)}) and support removal by id. All ids are UUIDs.
 *
 * <p>The metadata of stored segments contains {@code source} and {@code document}. It does not contain the number of the
 * segment, {@code index}, which would change whenever text is inserted before the segment.
 *
 * <p>Thread-safe; ingestions exclude each other, and only one ingestor among all processes can use a ledger at a time.
 * Nothing else may change the stored segments. The ingestor does not close the store or the model.
 */
public final class LedgerIngestor implements AutoCloseable {
    private static final String LOG = "log";
    private static final String SETTINGS = "settings";
    private static final int REMOVED_AT_ONCE = 500;

    private final Path folder;
    private final Ledger ledger;
    private final EmbeddingStore<TextSegment> store;
    private final EmbeddingModel model;
    private final IngestorOptions options;
    private boolean closed;

    private LedgerIngestor(
            Path folder,
            Ledger ledger,
            EmbeddingStore<TextSegment> store,
            EmbeddingModel model,
            IngestorOptions options) {
        this.folder = folder;
        this.ledger = ledger;
        this.store = store;
        this.model = model;
        this.options = options;
    }

    /**
     * Opens an ingestor.
     *
     * @param folder the folder of the ledger of this store; created if missing
     * @throws GeothermException if the ledger is in use, is damaged, cannot be read or written, or belongs to other settings
     *     and the options do not permit a rebuild
     */
    public static LedgerIngestor open(
            Path folder, EmbeddingStore<TextSegment> store, EmbeddingModel model, IngestorOptions options) {
        requireNonNull(store, "store");
        requireNonNull(model, "model");
        requireNonNull(options, "options");
        try {
            Files.createDirectories(folder);
            Ledger ledger = Ledger.open(folder.resolve(LOG), "LangChain4j");
            LedgerIngestor ingestor = new LedgerIngestor(folder, ledger, store, model, options);
            try {
                ingestor.adoptSettings();
                return ingestor;
            } catch (IOException | RuntimeException | Error failed) {
                ledger.close();
                throw failed;
            }
        } catch (FolderLockedException taken) {
            throw new GeothermException("the ledger " + folder + " is in use; only one ingestor can use it", taken);
        } catch (IOException failed) {
            throw new GeothermException("cannot open the ledger " + folder + ": " + FailureReason.of(failed), failed);
        }
    }

    private void adoptSettings() throws IOException {
        Path file = folder.resolve(SETTINGS);
        if (Files.exists(file)) {
            String before = Files.readString(file);
            if (before.equals(options.settings())) {
                return;
            }
            if (ledger.size() > 0 && !options.rebuild()) {
                throw new GeothermException("the ledger " + folder + " belongs to the settings '" + before
                        + "', and not to '" + options.settings()
                        + "'; rebuild it, which embeds everything again (IngestorOptions.rebuilding)");
            }
            for (String source : ledger.sources()) {
                remove(ledger.entries(source));
            }
        }
        AtomicFile.write(file, options.settings().getBytes(StandardCharsets.UTF_8));
    }

    /** Ingests a corpus as a source with the name of the corpus. The metadata contains titles as {@code title}. */
    public IngestorResult ingest(Corpus corpus) {
        try (Stream<dev.geotherm.engine.corpus.Document> documents = corpus.documents()) {
            Stream<Document> readable =
                    documents.filter(each -> !each.isEmpty()).map(LedgerIngestor::document);
            return ingest(corpus.name(), readable, LedgerIngestor::id, corpus.isComplete());
        }
    }

    private static Document document(dev.geotherm.engine.corpus.Document document) {
        Metadata metadata = new Metadata().put(GeothermEmbeddingStore.DOCUMENT, document.id());
        if (!document.title().isBlank()) {
            metadata.put("title", document.title());
        }
        return Document.from(document.text().isBlank() ? document.title() : document.text(), metadata);
    }

    private static String id(Document document) {
        return String.valueOf(document.metadata().getString(GeothermEmbeddingStore.DOCUMENT));
    }

    /**
     * Ingests a source.
     *
     * @param source the name of the source, which identifies its documents in later ingestions
     * @param documents all documents of the source; the stream is consumed, but not closed
     * @param id the function from a document to its id, which must be unique in the source, such as a path or a URL
     * @throws GeothermException if two documents have the same id, if the ledger cannot be written, or if the store does not
     *     accept ids
     * @throws RuntimeException if the documents, the store or the model throw one; segments stored before stay, and the next
     *     ingestion continues from there
     */
    public IngestorResult ingest(String source, Stream<Document> documents, Function<Document, String> id) {
        return ingest(source, documents, id, true);
    }

    private synchronized IngestorResult ingest(
            String source, Stream<Document> documents, Function<Document, String> id, boolean complete) {
        requireOpen();
        requireNonNull(source, "source");
        try {
            Pass pass = new Pass(source);
            for (Iterator<Document> each = documents.iterator(); each.hasNext(); ) {
                Document document = each.next();
                pass.ingest(document, requireNonNull(id.apply(document), "id of a document"));
            }
            return pass.end(complete);
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    /** Removes all documents of a source from the store and the ledger, and returns their number. */
    public synchronized long forget(String source) {
        requireOpen();
        try {
            List<LedgerEntry> entries = ledger.entries(source);
            remove(entries);
            return entries.size();
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    private void remove(List<LedgerEntry> entries) throws IOException {
        for (int from = 0; from < entries.size(); from += REMOVED_AT_ONCE) {
            List<LedgerEntry> some = entries.subList(from, Math.min(entries.size(), from + REMOVED_AT_ONCE));
            List<String> ids = new ArrayList<>();
            some.forEach(entry -> ids.addAll(StoredChunks.of(entry).ids()));
            if (!ids.isEmpty()) {
                store.removeAll(ids);
            }
            for (LedgerEntry entry : some) {
                ledger.remove(entry.source(), entry.document());
            }
        }
        ledger.force();
    }

    private GeothermException cannotWrite(IOException failed) {
        return new GeothermException("cannot write the ledger " + folder + ": " + FailureReason.of(failed), failed);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the ingestor is closed");
        }
    }

    /** Closes the ledger, but not the store or the model. Idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                ledger.close();
            } catch (IOException failed) {
                throw cannotWrite(failed);
            }
        }
    }

    /** A single ingestion of a source. */
    private final class Pass {
        private final String source;
        private final Set<String> ids = new HashSet<>();
        private ChunkBatch batch = newBatch();
        private long added;
        private long changed;
        private long unchanged;
        private long embedded;
        private long kept;

        Pass(String source) {
            this.source = source;
            ledger.beginPass();
        }

        private ChunkBatch newBatch() {
            return new ChunkBatch(ledger, store, model);
        }

        void ingest(Document document, String id) throws IOException {
            if (!ids.add(id)) {
                throw new GeothermException("two documents of source " + source + " have the id " + id);
            }
            Hash128 content = Hash128.of(document.text(), MetadataText.write(document.metadata()));
            switch (ledger.see(source, id, content)) {
                case UNCHANGED -> unchanged++;
                case NEW -> {
                    added++;
                    update(document, content, StoredChunks.none(source, id));
                }
                case CHANGED -> {
                    changed++;
                    update(document, content, certain(id));
                }
            }
        }

        /** Removes the chunks of a document that the store may have without acknowledgement, and returns the stored ones. */
        private StoredChunks certain(String id) throws IOException {
            StoredChunks before = ledger.find(source, id).map(StoredChunks::of).orElse(StoredChunks.none(source, id));
            if (before.uncertain().isEmpty()) {
                return before;
            }
            store.removeAll(before.ids(before.uncertain()));
            StoredChunks certain = new StoredChunks(source, id, Hash128.NONE, before.stored(), List.of());
            ledger.put(certain.entry());
            return certain;
        }

        private void update(Document document, Hash128 content, StoredChunks before) throws IOException {
            DocumentUpdate update =
                    new DocumentUpdate(before, content, options.splitter().split(document));
            kept += update.kept();
            batch.add(update); // even if there is nothing to add
            for (Hash128 chunk : update.toAdd()) {
                batch.add(update, chunk);
                if (batch.isFull(options.batchSize())) {
                    store();
                }
            }
            if (batch.isFull(options.batchSize())) {
                store();
            }
        }

        private void store() throws IOException {
            embedded += batch.store();
            batch = newBatch();
        }

        IngestorResult end(boolean complete) throws IOException {
            store();
            List<LedgerEntry> missing = complete ? ledger.unseen(source) : List.of();
            remove(missing);
            return new IngestorResult(ids.size(), added, changed, unchanged, missing.size(), embedded, kept);
        }
    }
}
