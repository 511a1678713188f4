package dev.geotherm.diff.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.geotherm.api.FailureLog;
import dev.geotherm.api.diff.CacheSerializer;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.diff.state.StateHash;
import dev.geotherm.storage.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk tier of a context cache: one file per value, named after the hashes of id and context, bounded in size and
 * age.
 *
 * <p>A file that is damaged or has another version is logged and deleted; a file with an unknown name is logged and
 * left unchanged. If the disk fails, the failure is logged and the value stays only in memory.
 *
 * <p>Thread-safe: no lock is held while values are read, written and forced to disk, but one is held while files are
 * replaced and deleted. Only one process at a time may use a folder.
 */
public final class DiskTier<V> {
    private static final Logger LOG = LoggerFactory.getLogger(DiskTier.class);
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}-[0-9a-f]{32}\\.result");
    /** The file name suffix of drafts that earlier versions left. */
    private static final String OLD_DRAFT = ".draft";

    private static final int KEY_LENGTH = 32;
    private static final int VERSIONS = 256;

    private final Path folder;
    private final CacheSerializer<V> serializer;
    private final FailureLog serializations;
    private final FailureLog writes;
    private final FailureLog reads;
    private final FailureLog damages;
    private final FailureLog foreign;
    private final FailureLog deletions;

    /** The files by the hash of their id, newest last. */
    private final Map<String, List<Kept>> byId = new HashMap<>();

    /** The number of changes per id; ids with equal hash remainders share a counter. */
    private final AtomicLongArray versions = new AtomicLongArray(VERSIONS);

    private long bytes;

    private record Kept(Path file, long bytes, Instant at) {}

    private DiskTier(Path folder, CacheSerializer<V> serializer) {
        this.folder = folder;
        this.serializer = serializer;
        this.serializations = new FailureLog("results are kept in memory only: they cannot be serialized", LOG::warn);
        this.writes = new FailureLog("results are kept in memory only: " + folder + " cannot be written", LOG::warn);
        this.reads = new FailureLog("results in " + folder + " cannot be read now", LOG::warn);
        this.damages = new FailureLog("results in " + folder + " are damaged, ignored and deleted", LOG::warn);
        this.foreign = new FailureLog("a file is not a cached result; it is left unchanged", LOG::warn);
        this.deletions = new FailureLog("results in " + folder + " cannot be deleted", LOG::warn);
    }

    /** Opens a folder with its existing files, or returns null if it cannot be used. */
    public static <V> @Nullable DiskTier<V> open(Path folder, CacheSerializer<V> serializer) {
        DiskTier<V> results = new DiskTier<>(folder, serializer);
        try {
            Files.createDirectories(folder);
            results.list();
            return results;
        } catch (IOException | UncheckedIOException unusable) {
            new FailureLog("results are kept in memory only: the folder " + folder + " cannot be used", LOG::warn)
                    .failed(unusable);
            return null;
        }
    }

    private void list() throws IOException {
        List<Kept> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (AtomicFile.isDraft(file) || name.endsWith(OLD_DRAFT)) {
                    Files.deleteIfExists(file);
                } else if (NAME.matcher(name).matches() && Files.isRegularFile(file)) {
                    Instant at = Files.getLastModifiedTime(file).toInstant();
                    found.add(new Kept(file, Files.size(file), at));
                } else {
                    foreign.failed(new IOException(file.toString()));
                }
            }
        }
        found.sort(Comparator.comparing(Kept::at));
        found.forEach(this::keep);
    }

    private void keep(Kept kept) {
        byId.computeIfAbsent(key(kept), key -> new ArrayList<>()).add(kept);
        bytes += kept.bytes;
    }

    /** Writes a result, replacing one with an equal context; deletes the oldest results beyond {@code most} bytes. */
    void put(String id, Fingerprint context, CachedResult<V> result, long most) {
        Path file = folder.resolve(key(id) + "-" + context + ".result");
        if (!write(file, id, result, most)) {
            files(id).stream().filter(kept -> kept.file.equals(file)).forEach(this::drop);
        }
        changed(id);
    }

    private boolean write(Path file, String id, CachedResult<V> result, long most) {
        byte[] content;
        try {
            content = ResultFile.content(id, result, serializer);
        } catch (IOException | RuntimeException failed) {
            serializations.failed(new IOException("the result of '" + id + "': " + failed, failed));
            return false;
        }
        if (content.length > most) {
            return false;
        }
        try (AtomicFile draft = AtomicFile.open(file)) {
            draft.out().write(content);
            draft.prepare();
            take(draft, new Kept(file, content.length, result.at()), most);
            writes.succeeded();
            return true;
        } catch (IOException failed) {
            writes.failed(failed);
            return false;
        }
    }

    private synchronized void take(AtomicFile draft, Kept added, long most) throws IOException {
        draft.replace();
        Files.setLastModifiedTime(added.file, FileTime.from(added.at));
        for (Kept kept : List.copyOf(byId.getOrDefault(key(added), List.of()))) {
            if (kept.file.equals(added.file)) {
                forget(kept);
            }
        }
        keep(added);
        while (bytes > most) {
            drop(byId.values().stream()
                    .flatMap(List::stream)
                    .min(Comparator.comparing(Kept::at))
                    .orElseThrow());
        }
    }

    /** Returns the results of an id that are younger than {@code oldest}, newest first, and deletes the others. */
    List<CachedResult<V>> get(String id, Instant oldest, int most) {
        List<CachedResult<V>> results = new ArrayList<>();
        List<Kept> all = files(id);
        for (int i = all.size() - 1; i >= 0 && results.size() < most; i--) {
            CachedResult<V> result = read(all.get(i), id, oldest);
            if (result != null) {
                results.add(result);
            }
        }
        return results;
    }

    private @Nullable CachedResult<V> read(Kept kept, String id, Instant oldest) {
        byte[] content;
        try {
            content = Files.readAllBytes(kept.file);
        } catch (NoSuchFileException gone) {
            drop(kept);
            return null;
        } catch (IOException failed) {
            reads.failed(failed);
            return null;
        }
        try {
            CachedResult<V> result = ResultFile.read(content, id, serializer);
            if (result == null || result.at().isAfter(oldest)) {
                return result;
            }
        } catch (IOException | RuntimeException damaged) {
            damages.failed(new IOException(kept.file + ": " + damaged.getMessage(), damaged));
        }
        drop(kept);
        return null;
    }

    /** Deletes every result of an id. */
    void invalidate(String id) {
        files(id).forEach(this::drop);
        changed(id);
    }

    /**
     * Returns a number that changes with each change of an id's results; results read before a change can be outdated.
     */
    long version(String id) {
        return versions.get(Math.floorMod(id.hashCode(), VERSIONS));
    }

    private void changed(String id) {
        versions.incrementAndGet(Math.floorMod(id.hashCode(), VERSIONS));
    }

    private synchronized List<Kept> files(String id) {
        return List.copyOf(byId.getOrDefault(key(id), List.of()));
    }

    /** Removes and deletes a file, unless another one has replaced it. */
    private synchronized void drop(Kept kept) {
        if (forget(kept)) {
            delete(kept.file);
        }
    }

    @SuppressWarnings("ReferenceEquality") // an equal one may belong to a later file with the same path
    private boolean forget(Kept kept) {
        List<Kept> files = byId.get(key(kept));
        if (files == null || !files.removeIf(other -> other == kept)) {
            return false;
        }
        if (files.isEmpty()) {
            byId.remove(key(kept));
        }
        bytes -= kept.bytes;
        return true;
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            deletions.failed(failed);
        }
    }

    private static String key(Kept kept) {
        return String.valueOf(kept.file.getFileName()).substring(0, KEY_LENGTH);
    }

    private static String key(String id) {
        return StateHash.ofName(id).toString();
    }

    /**
     * Returns the folder name for a cache name: the name itself if it is valid as a file name, otherwise with its hash.
     */
    public static String folderName(String name) {
        String plain = new String(name.getBytes(UTF_8), UTF_8).replaceAll("[^A-Za-z0-9_-]", "_");
        return plain.equals(name) && !name.isEmpty() && name.length() <= 60
                ? name
                : plain.substring(0, Math.min(plain.length(), 20)) + "." + key(name);
    }
}
