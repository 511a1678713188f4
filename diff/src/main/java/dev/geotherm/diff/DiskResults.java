package dev.geotherm.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.geotherm.api.diff.CachedForm;
import dev.geotherm.api.diff.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results of one context cache on disk: a file each, named by the hashes of id and context, bounded in size and age.
 *
 * <p>A file that is damaged, of another version or not ours is logged and left out; trouble with the disk is logged and
 * costs the result its second life, nothing else. Safe for use by many threads; one process at a time owns a folder.
 */
final class DiskResults<V> {
    private static final Logger LOG = LoggerFactory.getLogger(DiskResults.class);
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{32})-[0-9a-f]{32}\\.result");

    private final Path folder;
    private final CachedForm<V> form;
    /** The files by the hash of their id, newest last. */
    private final Map<String, List<Kept>> byId = new HashMap<>();

    private long bytes;

    private record Kept(Path file, long bytes, Instant at) {}

    private DiskResults(Path folder, CachedForm<V> form) {
        this.folder = folder;
        this.form = form;
    }

    /** Returns what is in the folder already, or null if it cannot be used. */
    static <V> @Nullable DiskResults<V> open(Path folder, CachedForm<V> form) {
        DiskResults<V> results = new DiskResults<>(folder, form);
        try {
            Files.createDirectories(folder);
            results.list();
            return results;
        } catch (IOException | UncheckedIOException unusable) {
            LOG.warn("results are kept in memory only: the folder {} cannot be used: {}", folder, unusable.toString());
            return null;
        }
    }

    private void list() throws IOException {
        List<Kept> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(ResultFile.DRAFT)) {
                    Files.deleteIfExists(file);
                } else if (NAME.matcher(name).matches() && Files.isRegularFile(file)) {
                    Instant at = Files.getLastModifiedTime(file).toInstant();
                    found.add(new Kept(file, Files.size(file), at));
                } else {
                    LOG.warn("{} is not a cached result; it is left alone", file);
                }
            }
        }
        found.sort(Comparator.comparing(Kept::at));
        found.forEach(this::keep);
    }

    private void keep(Kept kept) {
        Matcher name = NAME.matcher(String.valueOf(kept.file.getFileName()));
        if (name.matches()) {
            byId.computeIfAbsent(name.group(1), key -> new ArrayList<>()).add(kept);
            bytes += kept.bytes;
        }
    }

    /** Writes a result, in the place of one under an equal context; gives up the oldest beyond so many bytes. */
    synchronized void put(String id, Fingerprint context, CachedContext<V> result, long most) {
        Path file = folder.resolve(key(id) + "-" + context + ".result");
        drop(id, file);
        try {
            byte[] written = ResultFile.write(file, id, result, form);
            if (written.length > most) {
                Files.deleteIfExists(file);
                return;
            }
            Files.setLastModifiedTime(file, FileTime.from(result.at()));
            keep(new Kept(file, written.length, result.at()));
            shrink(most);
        } catch (IOException | RuntimeException failed) {
            LOG.warn("the result of '{}' is kept in memory only: {}", id, failed.toString());
        }
    }

    private void shrink(long most) throws IOException {
        while (bytes > most) {
            Kept oldest = byId.values().stream()
                    .flatMap(List::stream)
                    .min(Comparator.comparing(Kept::at))
                    .orElseThrow();
            forget(oldest);
            Files.deleteIfExists(oldest.file);
        }
    }

    /** Returns the results of an id that are younger than a time, newest first, and deletes those that are not. */
    synchronized List<CachedContext<V>> get(String id, Instant oldest, int most) {
        List<CachedContext<V>> results = new ArrayList<>();
        List<Kept> all = List.copyOf(byId.getOrDefault(key(id), List.of()));
        for (int i = all.size() - 1; i >= 0 && results.size() < most; i--) {
            Kept kept = all.get(i);
            try {
                CachedContext<V> result = ResultFile.read(kept.file, id, form);
                if (result != null && result.at().isAfter(oldest)) {
                    results.add(result);
                } else if (result != null) {
                    forget(kept);
                    Files.deleteIfExists(kept.file);
                }
            } catch (IOException | RuntimeException damaged) {
                LOG.warn("the cached result {} is left out: {}", kept.file, damaged.getMessage());
                forget(kept);
            }
        }
        return results;
    }

    /** Deletes every result of an id. */
    synchronized void invalidate(String id) {
        for (Kept kept : List.copyOf(byId.getOrDefault(key(id), List.of()))) {
            drop(id, kept.file);
        }
    }

    private void drop(String id, Path file) {
        for (Kept kept : List.copyOf(byId.getOrDefault(key(id), List.of()))) {
            if (kept.file.equals(file)) {
                forget(kept);
                try {
                    Files.deleteIfExists(file);
                } catch (IOException failed) {
                    LOG.warn("the cached result {} cannot be deleted: {}", file, failed.toString());
                }
            }
        }
    }

    private void forget(Kept kept) {
        byId.values().forEach(files -> bytes -= files.remove(kept) ? kept.bytes : 0);
        byId.values().removeIf(List::isEmpty);
    }

    private static String key(String id) {
        Measure measure = new Measure();
        measure.name(id);
        return new Fingerprint(measure.high, measure.low).toString();
    }

    /** Returns a folder name for a cache's name: its own where that is plain, with its hash where it is not. */
    static String folderName(String name) {
        String plain = new String(name.getBytes(UTF_8), UTF_8).replaceAll("[^A-Za-z0-9_-]", "_");
        return plain.equals(name) && !name.isEmpty() && name.length() <= 60
                ? name
                : plain.substring(0, Math.min(plain.length(), 20)) + "." + key(name);
    }
}
