package dev.geotherm.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Logs of texts, and their files after a simulated crash. */
final class Logs {
    static final LogHeader HEADER = new LogHeader("GEOTESTS", 3, "a fingerprint");
    static final LogOptions SMALL = new LogOptions(1024, 0);

    private Logs() {}

    static AppendLog open(Path folder) throws IOException {
        return AppendLog.open(folder, HEADER, SMALL);
    }

    /** Opens a log that does not force to disk, for tests that open it thousands of times. */
    static AppendLog openUnforced(Path folder) throws IOException {
        return AppendLog.open(folder, HEADER, SMALL, file -> new DiskFile(file) {
            @Override
            void force() {}
        });
    }

    static ByteBuffer payload(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static long append(AppendLog log, String text) throws IOException {
        return log.append(payload(text));
    }

    static List<String> read(AppendLog log) throws IOException {
        try (LogReader reader = log.reader()) {
            return rest(reader);
        }
    }

    static List<String> rest(LogReader reader) throws IOException {
        List<String> texts = new ArrayList<>();
        while (reader.next()) {
            texts.add(StandardCharsets.UTF_8.decode(reader.payload()).toString());
        }
        return texts;
    }

    /** Returns the content of a folder's files by name, without the lock file. */
    static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().equals(LogFolder.LOCK)) {
                    contents.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    static void assertSame(Map<String, byte[]> actual, Map<String, byte[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, content) -> assertThat(actual.get(name)).as(name).isEqualTo(content));
    }

    /** Restores exactly these files in a folder, as another process left them. */
    static void restore(Path folder, Map<String, byte[]> contents) throws IOException {
        Files.createDirectories(folder);
        for (String name : contents(folder).keySet()) {
            Files.delete(folder.resolve(name));
        }
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
