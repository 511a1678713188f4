package dev.geotherm.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.engine.ledger.Ledger.Classification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final String SETTINGS = "hashing of 256";

    @TempDir
    Path scratch;

    private Ledger open(long end) throws IOException {
        return Ledger.open(scratch.resolve("ledger"), SETTINGS, end);
    }

    private static LedgerEntry entry(String source, String document, String text, String... chunks) {
        return new LedgerEntry(
                source,
                document,
                Hash128.of(text),
                List.of(chunks).stream().map(Hash128::of).toList());
    }

    @Test
    void see_classifiesDocumentsByTheirContent() throws IOException {
        try (Ledger ledger = open(0)) {
            ledger.put(entry("a", "1", "steam"));
            ledger.beginPass();
            assertThat(ledger.see("a", "1", Hash128.of("steam"))).isEqualTo(Classification.UNCHANGED);
            assertThat(ledger.see("a", "1", Hash128.of("lava"))).isEqualTo(Classification.CHANGED);
            assertThat(ledger.see("a", "2", Hash128.of("steam"))).isEqualTo(Classification.NEW);
            assertThat(ledger.see("b", "1", Hash128.of("steam")))
                    .as("the same id in another source")
                    .isEqualTo(Classification.NEW);
        }
    }

    @Test
    void see_ofAnIncompleteDocumentIsAChange() throws IOException {
        try (Ledger ledger = open(0)) {
            ledger.put(new LedgerEntry("a", "1", Hash128.NONE, List.of(Hash128.NONE)));
            assertThat(ledger.see("a", "1", Hash128.of("steam"))).isEqualTo(Classification.CHANGED);
            assertThat(ledger.find("a", "1").orElseThrow().isComplete()).isFalse();
        }
    }

    @Test
    void unseen_returnsWhatThePassDidNotMeet() throws IOException {
        try (Ledger ledger = open(0)) {
            for (String document : List.of("1", "2", "3")) {
                ledger.put(entry("a", document, document, document + "#"));
                ledger.put(entry("b", document, document));
            }
            ledger.beginPass();
            ledger.see("a", "2", Hash128.of("another"));
            ledger.put(entry("a", "4", "new"));
            assertThat(ledger.unseen("a")).containsExactly(entry("a", "1", "1", "1#"), entry("a", "3", "3", "3#"));
            assertThat(ledger.unseen("c")).isEmpty();
            assertThat(ledger.entries("b")).extracting(LedgerEntry::document).containsExactly("1", "2", "3");
            ledger.beginPass();
            assertThat(ledger.unseen("a")).hasSize(4);
        }
    }

    @Test
    void open_removesWhatWasNotCommitted() throws IOException {
        long end;
        try (Ledger ledger = open(0)) {
            ledger.put(entry("a", "1", "steam", "steam"));
            ledger.force();
            end = ledger.end();
            ledger.put(entry("a", "1", "lava"));
            ledger.put(entry("b", "1", "basalt"));
        }
        try (Ledger ledger = open(end)) {
            assertThat(ledger.find("a", "1")).contains(entry("a", "1", "steam", "steam"));
            assertThat(ledger.size()).isEqualTo(1);
            assertThat(ledger.sources()).containsExactly("a");
        }
    }

    @Test
    void open_withOtherSettingsIsRefused() throws IOException {
        open(0).close();
        assertThatThrownBy(() -> Ledger.open(scratch.resolve("ledger"), "hashing of 512", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ledger");
    }

    @Test
    void copyTo_keepsLiveEntriesOnly() throws IOException {
        try (Ledger ledger = open(0)) {
            for (int i = 0; i < 1_000; i++) {
                ledger.put(entry("gone", "secret" + i, "text"));
                ledger.put(entry("a", "1", "text " + i, "chunk"));
                ledger.remove("gone", "secret" + i);
            }
            Path target = scratch.resolve("copy");
            try (Ledger copy = ledger.copyTo(target, SETTINGS)) {
                assertThat(copy.sources()).containsExactly("a");
                assertThat(copy.find("a", "1")).contains(entry("a", "1", "text 999", "chunk"));
                assertThat(copy.end()).isLessThan(ledger.end() / 100);
            }
            try (var files = Files.list(target)) {
                assertThat(files.filter(Files::isRegularFile).toList())
                        .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .doesNotContain("secret", "gone"));
            }
        }
    }

    @Test
    void ledger_equalsAMapAfterAnyChangesAndAfterReopening() throws IOException {
        Random random = new Random(11);
        Map<String, LedgerEntry> expected = new HashMap<>();
        long end = 0;
        for (int round = 0; round < 4; round++) {
            try (Ledger ledger = open(end)) {
                for (int i = 0; i < 6_000; i++) {
                    String source = "s" + random.nextInt(3);
                    String document = "d" + random.nextInt(3_000);
                    if (random.nextInt(3) == 0) {
                        ledger.remove(source, document);
                        expected.remove(source + document);
                    } else {
                        LedgerEntry entry = entry(source, document, "text" + i, "c" + i % 7);
                        ledger.put(entry);
                        expected.put(source + document, entry);
                    }
                }
                end = ledger.end();
            }
        }
        try (Ledger ledger = open(end)) {
            List<LedgerEntry> found = new ArrayList<>();
            ledger.forEach(found::add);
            assertThat(found).hasSize(expected.size());
            assertThat(Set.copyOf(found)).isEqualTo(Set.copyOf(expected.values()));
            assertThat(ledger.size()).isEqualTo(expected.size());
            int unknown = (int) IntStream.range(0, 3_000)
                    .filter(i -> ledger.see("s0", "d" + i, Hash128.NONE) == Classification.NEW)
                    .count();
            assertThat(unknown).isEqualTo(3_000 - ledger.entries("s0").size());
        }
    }
}
