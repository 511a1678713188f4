package dev.geotherm.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.diff.CachedForm;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.testkit.RandomCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk tier of context caches: what is damaged or foreign is never trusted. */
class DiskResultsTest {
    private static final CachedForm<String> TEXT = new CachedForm<>() {
        @Override
        public byte[] write(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String read(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    };

    @TempDir
    Path folder;

    private TreeDiffer differ(String size) {
        return new TreeDiffer(
                Settings.of(TreeDifferSettings.class, Map.of("cacheDisk", size)),
                ComponentContext.standalone("disk").withWorkDirectory(folder));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private Lookup<String> lookUp() {
        try (TreeDiffer differ = differ("1MiB")) {
            return differ.openCache("c", TEXT).get("q", IntNode.valueOf(1));
        }
    }

    private void keep(String value) {
        try (TreeDiffer differ = differ("1MiB")) {
            differ.openCache("c", TEXT).put("q", IntNode.valueOf(1), value);
        }
    }

    @Test
    void aFileWithAnyByteChangedOrCutIsNotTrusted() throws IOException {
        keep("yes");
        assertThat(lookUp()).isEqualTo(new Lookup.Hit<>("yes"));
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        RandomCases.run(40, random -> {
            byte[] damaged = random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (damaged.length == whole.length) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(file, damaged);
            assertThat(lookUp()).isEqualTo(new Lookup.Miss<>());
        });
        keep("again");
        assertThat(lookUp()).isEqualTo(new Lookup.Hit<>("again"));
    }

    @Test
    void foreignFilesAreLeftAlone() throws IOException {
        keep("yes");
        Path foreign = Files.writeString(files().get(0).resolveSibling("notes.txt"), "mine");
        assertThat(lookUp()).isEqualTo(new Lookup.Hit<>("yes"));
        assertThat(foreign).hasContent("mine");
    }

    @Test
    void theOldestGoBeyondTheSize() throws IOException {
        try (TreeDiffer differ = differ("2KiB")) {
            ContextCache<String> cache = differ.openCache("c", TEXT);
            for (int i = 0; i < 50; i++) {
                cache.put("q" + i, IntNode.valueOf(1), "x".repeat(100));
            }
        }
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isBetween(1L, 2048L);
        try (TreeDiffer differ = differ("2KiB")) {
            ContextCache<String> cache = differ.openCache("c", TEXT);
            assertThat(cache.get("q49", IntNode.valueOf(1))).isInstanceOf(Lookup.Hit.class);
            assertThat(cache.get("q0", IntNode.valueOf(1))).isInstanceOf(Lookup.Miss.class);
        }
    }

    @Test
    void withoutASizeNothingIsWritten() throws IOException {
        try (TreeDiffer differ = differ("0B")) {
            differ.openCache("c", TEXT).put("q", IntNode.valueOf(1), "yes");
        }
        assertThat(files()).isEmpty();
    }
}
