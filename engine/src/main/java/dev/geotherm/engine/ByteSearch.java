package dev.geotherm.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search of files for any of several texts, in one pass over their bytes. The first eight bytes of a text are its key; at
 * each position, the last eight bytes read are looked up. Not thread-safe.
 */
final class ByteSearch {
    /** The minimum number of bytes of a text. */
    static final int LEAST = Long.BYTES;

    private static final int BUFFER = 1 << 16;

    private final Map<Long, List<byte[]>> texts = new HashMap<>();
    private final boolean[] firstBytes = new boolean[1 << 16];
    private int longest;
    private long bytes;

    /** Creates a search; texts shorter than {@link #LEAST} bytes are ignored. */
    ByteSearch(Collection<String> wanted) {
        for (String text : wanted) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            if (encoded.length >= LEAST) {
                texts.computeIfAbsent(key(encoded, 0), key -> new ArrayList<>()).add(encoded);
                firstBytes[(encoded[0] & 0xFF) << 8 | (encoded[1] & 0xFF)] = true;
                longest = Math.max(longest, encoded.length);
            }
        }
    }

    private static long key(byte[] bytes, int at) {
        long key = 0;
        for (int i = 0; i < LEAST; i++) {
            key = key << 8 | (bytes[at + i] & 0xFF);
        }
        return key;
    }

    /** Returns the number of bytes searched so far. */
    long bytes() {
        return bytes;
    }

    /** Returns the texts that a file contains. */
    Set<String> in(Path file) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        byte[] buffer = new byte[BUFFER + longest];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer, kept, BUFFER); read >= 0; read = in.read(buffer, kept, BUFFER)) {
                bytes += read;
                int end = kept + read;
                search(buffer, end, found);
                kept = Math.min(end, Math.max(0, longest - 1));
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
            }
        }
        return found;
    }

    private void search(byte[] buffer, int end, Set<String> found) {
        for (int at = 0; at + LEAST <= end; at++) {
            if (firstBytes[(buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF)]) {
                match(buffer, at, end, texts.get(key(buffer, at)), found);
            }
        }
    }

    private static void match(byte[] buffer, int at, int end, @Nullable List<byte[]> candidates, Set<String> found) {
        if (candidates == null) {
            return;
        }
        for (byte[] text : candidates) {
            boolean same = at + text.length <= end;
            for (int i = LEAST; same && i < text.length; i++) {
                same = buffer[at + i] == text[i];
            }
            if (same) {
                found.add(new String(text, StandardCharsets.UTF_8));
            }
        }
    }
}
