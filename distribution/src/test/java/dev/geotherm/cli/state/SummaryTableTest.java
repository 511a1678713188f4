package dev.geotherm.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.Pointer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTableTest {
    private static String table(Map<ChangeKind, Integer> counts, List<Pointer> paths) {
        return SummaryTable.of(
                new DeltaSummary(counts, paths, 0.25, DeltaCategory.MODERATE, 2000, 500, Duration.ofMillis(3)), 80);
    }

    @Test
    void of_containsTheSummary() {
        String table = table(
                Map.of(ChangeKind.ADDED, 1, ChangeKind.TEXT_SPLICED, 2),
                List.of(Pointer.parse("/a/x"), Pointer.parse("/a/y"), Pointer.parse("/b")));
        assertThat(table).isEqualTo("""
                    3  changes        moderate, average magnitude 0.25
                    2  text spliced   66.7 %
                    1  added          33.3 %

                    2  /a             66.7 %
                    1  /b             33.3 %

                2,000  bytes as JSON
                  500  bytes encoded  25.0 % of JSON, in 3.0 ms
                """);
    }

    @Test
    void of_everyKindHasARow_movesComeLast() {
        Map<ChangeKind, Integer> counts = new EnumMap<>(ChangeKind.class);
        for (ChangeKind kind : ChangeKind.values()) {
            counts.put(kind, 1);
        }
        List<String> lines = table(counts, List.of(Pointer.of("x"))).lines().toList();
        assertThat(lines.subList(1, lines.indexOf("")))
                .hasSize(ChangeKind.values().length)
                .last()
                .asString()
                .contains("moved");
    }

    @Test
    void of_fitsNarrowTerminals() {
        DeltaSummary summary = new DeltaSummary(
                Map.of(ChangeKind.ADDED, 1, ChangeKind.TEXT_SPLICED, 1),
                List.of(Pointer.parse("/a/a-long-name-of-a-member-in-the-first-object"), Pointer.parse("/b")),
                0.25,
                DeltaCategory.SIGNIFICANT,
                2_000_000,
                500_000,
                Duration.ofMillis(3));
        for (int columns = 36; columns <= 80; columns++) {
            String table = SummaryTable.of(summary, columns);
            int most = columns;
            assertThat(table.lines()).as("%d columns", columns).allMatch(line -> TerminalText.width(line) <= most);
            assertThat(table.replaceAll("\\s+", " "))
                    .contains(
                            "significant, average magnitude 0.25",
                            "25.0 % of JSON, in 3.0 ms",
                            "1 text spliced 50.0 %");
        }
    }

    @Test
    void of_alignsWideNamesAndEscapesControls() {
        String table = table(
                Map.of(ChangeKind.ADDED, 3),
                List.of(Pointer.of("\u6e29\u6cc9"), Pointer.of("\u001b[31m"), Pointer.of("x")));
        assertThat(table).doesNotContain("\u001b").contains("/\\u001b[31m");
        assertThat(table.lines().filter(line -> line.contains("33.3 %")))
                .extracting(line -> TerminalText.width(line.substring(0, line.indexOf("33.3"))))
                .hasSize(3)
                .containsOnly(TerminalText.width("    3  bytes encoded  "));
    }

    @Test
    void of_countsOmittedPaths() {
        List<Pointer> paths = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            paths.add(Pointer.of("all", "n" + i));
        }
        assertThat(table(Map.of(ChangeKind.REMOVED, 30), paths)).contains("20  in 20 more places  66.7 %");
    }

    @Test
    void of_emptyDeltaSaysSo() {
        assertThat(SummaryTable.of(
                        new DeltaSummary(Map.of(), List.of(), 0, DeltaCategory.NONE, 0, 0, Duration.ZERO), 80))
                .isEqualTo("no changes\n");
    }
}
