package dev.geotherm.diff.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.diff.CacheSerializer;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.testkit.RandomCases;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk tier of context caches never trusts damaged or foreign files. */
class DiskTierTest {
    private static final CacheSerializer<String> TEXT = new CacheSerializer<>() {
        @Override
        public byte[] serialize(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String deserialize(byte[] bytes) {
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
    void get_changedOrTruncatedFileIsNotTrusted() throws IOException {
        keep("yes");
        assertThat(lookUp()).isEqualTo(new Lookup.ExactHit<>("yes"));
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
        assertThat(lookUp()).isEqualTo(new Lookup.ExactHit<>("again"));
    }

    @Test
    void open_leavesForeignFilesUnchanged() throws IOException {
        keep("yes");
        Path foreign = Files.writeString(files().get(0).resolveSibling("notes.txt"), "mine");
        assertThat(lookUp()).isEqualTo(new Lookup.ExactHit<>("yes"));
        assertThat(foreign).hasContent("mine");
    }

    @Test
    void put_beyondTheSizeDeletesTheOldest() throws IOException {
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
            assertThat(cache.get("q49", IntNode.valueOf(1))).isInstanceOf(Lookup.ExactHit.class);
            assertThat(cache.get("q0", IntNode.valueOf(1))).isInstanceOf(Lookup.Miss.class);
        }
    }

    @Test
    void put_withoutASizeWritesNothing() throws IOException {
        try (TreeDiffer differ = differ("0B")) {
            differ.openCache("c", TEXT).put("q", IntNode.valueOf(1), "yes");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void get_unreadableResultIsDeleted() throws IOException {
        keep("yes");
        byte[] whole = Files.readAllBytes(files().get(0));
        for (int at : new int[] {0, 7, 11, 20, whole.length - 1}) {
            keep("yes");
            Path file = files().get(0);
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            assertThat(lookUp()).isEqualTo(new Lookup.Miss<>());
            assertThat(files()).as("damaged at %s", at).isEmpty();
        }
    }

    @Test
    void put_countsFilesThatCannotBeDeleted() throws IOException {
        keep("yes");
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        try (TreeDiffer differ = differ("1MiB")) {
            ContextCache<String> cache = differ.openCache("c", TEXT);
            Files.delete(file);
            Files.createDirectory(file);
            assertThat(cache.get("q", IntNode.valueOf(1))).isEqualTo(new Lookup.Miss<>());
            Files.delete(file);
            Files.write(file, whole);
            assertThat(cache.get("q", IntNode.valueOf(1))).isEqualTo(new Lookup.ExactHit<>("yes"));
        }
    }

    @Test
    void get_missingFileIsAMiss() throws IOException {
        keep("yes");
        try (TreeDiffer differ = differ("1MiB")) {
            ContextCache<String> cache = differ.openCache("c", TEXT);
            Files.delete(files().get(0));
            assertThat(cache.get("q", IntNode.valueOf(1))).isEqualTo(new Lookup.Miss<>());
        }
    }

    @Test
    void put_draftThatCannotBeMovedIsDeleted() throws IOException {
        keep("yes");
        Path file = files().get(0);
        try (TreeDiffer differ = differ("1MiB")) {
            ContextCache<String> cache = differ.openCache("c", TEXT);
            Files.delete(file);
            Files.createDirectories(file.resolve("in the way"));
            cache.put("q", IntNode.valueOf(1), "again");
            assertThat(files()).isEmpty();
            assertThat(cache.get("q", IntNode.valueOf(1))).isEqualTo(new Lookup.ExactHit<>("again"));
        }
    }

    @Test
    void open_deletesDraftsOfAnEarlierRun() throws IOException {
        keep("yes");
        Path file = files().get(0);
        Path draft = Files.writeString(file.resolveSibling(file.getFileName() + ".17.draft"), "half");
        assertThat(lookUp()).isEqualTo(new Lookup.ExactHit<>("yes"));
        assertThat(draft).doesNotExist();
    }

    @Test
    void put_tooLargeResultIsNotWrittenButReplacesTheOldOne() throws IOException {
        try (TreeDiffer differ = differ("1KiB")) {
            ContextCache<String> cache = differ.openCache("c", TEXT);
            cache.put("q", IntNode.valueOf(1), "small");
            cache.put("q", IntNode.valueOf(1), "x".repeat(2000));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void get_returnsLongNumbersAndNames() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("whole", BigInteger.TEN.pow(2_000));
        context.put("n".repeat(60_000), "long name");
        try (TreeDiffer differ = differ("1MiB")) {
            differ.openCache("c", TEXT).put("q", context, "yes");
        }
        try (TreeDiffer differ = differ("1MiB")) {
            assertThat(differ.<String>openCache("c", TEXT).get("q", context)).isEqualTo(new Lookup.ExactHit<>("yes"));
        }
    }

    @Test
    void put_resultThatCannotBeReadBackIsNotWritten() throws IOException {
        JsonNode context = BigIntegerNode.valueOf(BigInteger.TEN.pow(20_000));
        try (TreeDiffer differ = differ("1MiB")) {
            ContextCache<String> cache = differ.openCache("c", TEXT);
            cache.put("q", context, "yes");
            assertThat(cache.get("q", context)).isEqualTo(new Lookup.ExactHit<>("yes"));
        }
        assertThat(files()).isEmpty();
    }
}
