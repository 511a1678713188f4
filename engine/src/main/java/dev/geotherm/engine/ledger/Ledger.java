package dev.geotherm.engine.ledger;

import dev.geotherm.storage.StorageException;
import dev.geotherm.storage.log.AppendLog;
import dev.geotherm.storage.log.LogHeader;
import dev.geotherm.storage.log.LogOptions;
import dev.geotherm.storage.log.LogReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The ledger of ingested documents: a log with the hashes of the content and the chunks of each document of each source.
 *
 * <p>The log contains one record per change. Only hashes and positions are in memory, about 100 bytes per document; entries
 * are read from the log. The ledger itself does not commit: records survive a crash only if the caller stores {@link #end}
 * after {@link #force}, and opens the ledger at that position.
 *
 * <p>Thread-safe, but only one pass over a source can be in progress at a time.
 */
public final class Ledger implements Closeable {
    private static final LogOptions OPTIONS = new LogOptions(1 << 26, 0); // forced too rarely for preallocation to help

    private final AppendLog log;
    private final LogReader reader;
    private final LedgerTable table = new LedgerTable();
    private final List<String> sources = new ArrayList<>();
    private int pass;

    private Ledger(AppendLog log) throws IOException {
        this.log = log;
        this.reader = log.reader();
        while (reader.next()) {
            load(reader.position(), reader.payload());
        }
    }

    /**
     * Opens a ledger up to a committed position. Later records are removed.
     *
     * @param folder the folder, exclusively for the ledger; created if missing
     * @param settings the settings that determine chunks and vectors; must equal those of an existing ledger
     * @param end 0 for a new ledger, otherwise a result of {@link #end}
     * @throws StorageException if the ledger is damaged, in use, or cannot be read or written
     */
    public static Ledger open(Path folder, String settings, long end) throws IOException {
        return load(AppendLog.open(folder, header(settings), OPTIONS, end));
    }

    /** Opens a ledger with its whole log; otherwise the same as {@link #open(Path, String, long)}. */
    public static Ledger open(Path folder, String settings) throws IOException {
        return load(AppendLog.open(folder, header(settings), OPTIONS));
    }

    private static LogHeader header(String settings) {
        return new LogHeader("GEOLEDGR", 1, settings);
    }

    private static Ledger load(AppendLog log) throws IOException {
        try {
            return new Ledger(log);
        } catch (IOException | RuntimeException | Error failed) {
            log.close();
            throw failed;
        }
    }

    private void load(long position, ByteBuffer record) throws IOException {
        byte kind = record.get();
        int number = record.getInt();
        String text = LedgerRecord.readText(record);
        switch (kind) {
            case LedgerRecord.SOURCE -> sources.add(text);
            case LedgerRecord.ENTRY, LedgerRecord.ENTRY_WITH_METADATA ->
                table.put(LedgerEntry.key(sources.get(number), text), number, Hash128.read(record), position);
            case LedgerRecord.REMOVAL -> removeSlot(table.find(LedgerEntry.key(sources.get(number), text)));
            default -> throw new IOException("the ledger has a record of the unknown kind " + kind);
        }
    }

    private void removeSlot(int slot) {
        if (slot >= 0) {
            table.remove(slot);
        }
    }

    /** Returns the number of documents. */
    public synchronized int size() {
        return table.size();
    }

    /** Returns an order-independent hash of all documents and their contents. */
    public synchronized String fingerprint() {
        return table.fingerprint().hex();
    }

    /** Returns the names of all sources that ever had a document, in the order of their first documents. */
    public synchronized List<String> sources() {
        return List.copyOf(sources);
    }

    /** Returns the names of the sources that have documents. */
    public List<String> sourcesWithDocuments() throws IOException {
        List<String> found = new ArrayList<>();
        for (String source : sources()) {
            if (!entries(source).isEmpty()) {
                found.add(source);
            }
        }
        return found;
    }

    /** Returns the names of the sources that have a document with an id. */
    public List<String> sourcesOf(String document) throws IOException {
        List<String> found = new ArrayList<>();
        for (String source : sources()) {
            if (find(source, document).isPresent()) {
                found.add(source);
            }
        }
        return found;
    }

    /** Begins a pass over a source for {@link #see} and {@link #unseen}. */
    public synchronized void beginPass() {
        pass++;
    }

    /**
     * Marks a document as seen in this pass, and compares its content.
     *
     * @return whether the document is new, changed, or unchanged
     */
    public synchronized Classification see(String source, String document, Hash128 content) {
        int slot = table.find(LedgerEntry.key(source, document));
        if (slot < 0) {
            return Classification.NEW;
        }
        table.mark(slot, pass);
        return table.hasContent(slot, content) ? Classification.UNCHANGED : Classification.CHANGED;
    }

    /** Returns the entries of a source's documents that were neither seen nor first put in this pass. */
    public List<LedgerEntry> unseen(String source) throws IOException {
        int number = sources().indexOf(source);
        return number < 0 ? List.of() : read(positions(each -> table.forEachUnmarked(number, pass, each)));
    }

    /** Returns the entries of all documents of a source. */
    public List<LedgerEntry> entries(String source) throws IOException {
        int number = sources().indexOf(source);
        return number < 0 ? List.of() : read(positions(each -> table.forEachUnmarked(number, -1, each)));
    }

    /** Passes the entries of all documents to a visitor, in the order in which they were put. */
    public void forEach(Consumer<LedgerEntry> visitor) throws IOException {
        for (long position : positions(table::forEach)) {
            visitor.accept(read(position));
        }
    }

    private interface Positions {
        void pass(LongConsumer each);
    }

    private synchronized long[] positions(Positions chosen) {
        long[][] found = {new long[16]};
        int[] count = {0};
        chosen.pass(position -> {
            if (count[0] == found[0].length) {
                found[0] = Arrays.copyOf(found[0], count[0] * 2);
            }
            found[0][count[0]++] = position;
        });
        long[] positions = Arrays.copyOf(found[0], count[0]);
        Arrays.sort(positions);
        return positions;
    }

    private List<LedgerEntry> read(long[] positions) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>(positions.length);
        for (long position : positions) {
            entries.add(read(position));
        }
        return entries;
    }

    private synchronized LedgerEntry read(long position) throws IOException {
        reader.seek(position);
        reader.next();
        ByteBuffer record = reader.payload();
        byte kind = record.get();
        String source = sources.get(record.getInt());
        String document = LedgerRecord.readText(record);
        Hash128 content = Hash128.read(record);
        String metadata = kind == LedgerRecord.ENTRY_WITH_METADATA ? LedgerRecord.readText(record) : "";
        return new LedgerEntry(source, document, content, LedgerRecord.readHashes(record), metadata);
    }

    /** Returns the entry of a document; empty if it is not in the ledger. */
    public synchronized Optional<LedgerEntry> find(String source, String document) throws IOException {
        int slot = table.find(LedgerEntry.key(source, document));
        return slot < 0 ? Optional.empty() : Optional.of(read(table.position(slot)));
    }

    /** Returns the entries of those documents of a source that exist. */
    public List<LedgerEntry> find(String source, Collection<String> documents) throws IOException {
        List<LedgerEntry> found = new ArrayList<>();
        for (String document : documents) {
            find(source, document).ifPresent(found::add);
        }
        return found;
    }

    /** Adds a document or replaces its entry. The document counts as seen in this pass. */
    public synchronized void put(LedgerEntry entry) throws IOException {
        int number = number(entry.source());
        Hash128 key = entry.key();
        table.put(key, number, entry.content(), log.append(LedgerRecord.entry(number, entry)));
        table.mark(table.find(key), pass);
    }

    private int number(String source) throws IOException {
        int number = sources.indexOf(source);
        if (number < 0) {
            number = sources.size();
            log.append(LedgerRecord.source(number, source));
            sources.add(source);
        }
        return number;
    }

    /** Removes a document; an unknown one is ignored. */
    public synchronized void remove(String source, String document) throws IOException {
        int slot = table.find(LedgerEntry.key(source, document));
        if (slot >= 0) {
            log.append(LedgerRecord.removal(sources.indexOf(source), document));
            table.remove(slot);
        }
    }

    /**
     * Writes the live entries to a new ledger, without sources that have no entry.
     *
     * @param target an empty or missing folder
     * @return the new ledger
     */
    public Ledger copyTo(Path target, String settings) throws IOException {
        Ledger copy = open(target, settings, 0);
        try {
            for (long position : positions(table::forEach)) {
                copy.put(read(position));
            }
            copy.force();
            return copy;
        } catch (IOException | RuntimeException | Error failed) {
            copy.close();
            throw failed;
        }
    }

    /** Returns the position after the last record. */
    public long end() {
        return log.end();
    }

    /** Forces all records to disk. */
    public void force() throws IOException {
        log.commit();
    }

    @Override
    public synchronized void close() throws IOException {
        try (reader) {
            log.close();
        }
    }

    /** The result of comparing a document with its entry. */
    public enum Classification {
        /** The ledger has no entry. */
        NEW,
        /** The content has changed, or its ingestion was incomplete. */
        CHANGED,
        /** The content is the same. */
        UNCHANGED
    }
}
