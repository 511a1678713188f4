package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.content;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.ofAnchor;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.passage;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.queries;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.varied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.testkit.RandomCases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The clauses of {@link PassageIndexesContract} about durable indexes: commits, markers, crashes and damage. */
abstract class PassageIndexDurableClauses {
    private final PassageIndexFixture fixture;

    PassageIndexDurableClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void open_newFolderIsEmptyWithoutAMarker() {
        try (PassageIndex index = fixture.openDurable()) {
            assertThat(index.size()).isZero();
            assertThat(index.marker()).isEmpty();
            index.verify();
        }
        try (PassageIndex reopened = fixture.openDurable()) {
            assertThat(reopened.marker()).isEmpty();
        }
    }

    @Test
    void commit_isWhatReopeningFinds() {
        AnchorId anchor = new AnchorId("x9");
        List<Query> queries = queries(new Random(8), 20);
        Map<String, List<Object>> passages;
        List<List<Hit>> hits;
        try (PassageIndex index = fixture.openDurable()) {
            index.index(varied(new Random(7), 50));
            index.commit("one");
            assertThat(index.marker()).contains("one");
            index.remove(List.of("p1"));
            index.index(List.of(passage("p2", "apple plum", 1, 2, 3, 4)));
            index.assign(Map.of("p3", Optional.of(anchor), "p4", Optional.empty()));
            index.commit("two: ü");
            index.refresh();
            passages = contents(index);
            hits = index.retriever().searchAll(queries);
        }
        try (PassageIndex reopened = fixture.openDurable()) {
            assertThat(reopened.marker()).contains("two: ü");
            assertThat(contents(reopened)).isEqualTo(passages).hasSize(49);
            assertThat(reopened.retriever().searchAll(queries)).isEqualTo(hits);
            assertThat(reopened.find(List.of("p3")).get(0).anchor()).isEqualTo(anchor);
            assertThatThrownBy(() -> reopened.index(List.of(passage("short", "", 1, 2))))
                    .as("the length of embeddings is known")
                    .isInstanceOf(IllegalArgumentException.class);
            reopened.index(List.of(passage("new", "apple", 1, 2, 3, 4)));
            reopened.refresh();
            assertThat(reopened.size()).isEqualTo(50);
        }
    }

    @Test
    void commit_withoutWritesSetsTheMarker() {
        try (PassageIndex index = fixture.openDurable()) {
            index.index(List.of(passage("a", "apple")));
            index.commit("one");
            index.commit("two");
        }
        try (PassageIndex reopened = fixture.openDurable()) {
            assertThat(reopened.marker()).contains("two");
            assertThat(reopened.size()).isEqualTo(1);
        }
    }

    @Test
    void commit_ofATemporaryIndexSetsTheMarker() {
        fixture.have(passage("a", "apple"));
        assertThat(fixture.index.marker()).isEmpty();
        fixture.index.commit("one");
        assertThat(fixture.index.marker()).contains("one");
        assertThat(fixture.index.size()).isEqualTo(1);
        fixture.index.expunge("two");
        fixture.index.verify();
        assertThat(fixture.index.marker()).contains("two");
    }

    @Test
    void commit_doesNotMakeVisible() {
        try (PassageIndex index = fixture.openDurable()) {
            index.index(List.of(passage("a", "apple")));
            index.commit("one");
            assertThat(index.size()).isZero();
            index.refresh();
            assertThat(index.size()).isEqualTo(1);
        }
    }

    @Test
    void close_discardsWhatIsNotCommitted() {
        try (PassageIndex index = fixture.openDurable()) {
            index.index(List.of(passage("a", "apple"), passage("b", "apple")));
            index.commit("one");
            index.index(List.of(passage("a", "pear"), passage("c", "apple")));
            index.remove(List.of("b"));
            index.refresh();
            assertThat(index.size()).isEqualTo(2);
        }
        try (PassageIndex reopened = fixture.openDurable()) {
            assertThat(reopened.marker()).contains("one");
            assertThat(reopened.find(List.of("a", "b", "c")).stream().map(Passage::text))
                    .containsExactly("apple", "apple");
        }
    }

    /** A copy of the files simulates a crash, because nothing was closed. */
    @Test
    void commit_survivesACrashAtAnyMoment() {
        RandomCases.run(2, random -> {
            Path home = fixture.durable().resolve("" + random.nextInt(1_000_000));
            Map<String, List<Object>> expected = new TreeMap<>();
            String marker = "";
            try (PassageIndex index = fixture.indexes.open("crashing", home)) {
                for (int step = 0; step < 12; step++) {
                    write(index, random, step);
                    if (random.nextInt(3) == 0) {
                        index.refresh();
                    }
                    if (random.nextBoolean()) {
                        marker = "commit " + step;
                        index.commit(marker);
                        index.refresh();
                        expected = contents(index);
                    }
                    Path crashed = home.resolveSibling(home.getFileName() + "-" + step);
                    copy(home, crashed);
                    try (PassageIndex recovered = fixture.indexes.open("recovered", crashed)) {
                        assertThat(recovered.marker().orElse("")).isEqualTo(marker);
                        assertThat(contents(recovered)).isEqualTo(expected);
                    }
                }
            }
        });
    }

    private static void write(PassageIndex index, Random random, int step) {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            passages.add(passage("p" + random.nextInt(20), "apple " + step, 1 + random.nextFloat(), 2));
        }
        index.index(passages);
        index.remove(List.of("p" + random.nextInt(20)));
        index.assign(Map.of("p" + random.nextInt(20), Optional.of(new AnchorId("x" + step))));
    }

    @Test
    void open_folderInUseIsRefused() {
        try (PassageIndex index = fixture.openDurable();
                PassageIndexes others = fixture.another("others")) {
            index.index(List.of(passage("a", "apple")));
            for (PassageIndexes each : List.of(fixture.indexes, others)) {
                assertThatExceptionOfType(GeothermException.class)
                        .isThrownBy(() -> each.open("second", fixture.durable()))
                        .withMessageContaining(fixture.durable().getFileName().toString());
            }
            index.commit("one");
        }
        try (PassageIndex reopened = fixture.openDurable()) {
            assertThat(reopened.size()).isEqualTo(1);
        }
    }

    @Test
    void open_foreignFolderIsRefused() throws IOException {
        Files.createDirectories(fixture.durable());
        Path foreign = Files.writeString(fixture.durable().resolve("diary.txt"), "mine");
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(fixture::openDurable)
                .withMessageContaining("diary.txt");
        assertThat(foreign).hasContent("mine");
    }

    @Test
    void open_failureLeavesTheNameFree() throws IOException {
        Files.createDirectories(fixture.durable());
        Path foreign = Files.writeString(fixture.durable().resolve("diary.txt"), "mine");
        assertThatExceptionOfType(GeothermException.class).isThrownBy(fixture::openDurable);
        Files.delete(foreign);
        fixture.openDurable().close();
    }

    @Test
    void verify_everyDamagedOrMissingFileIsNamed() throws IOException {
        try (PassageIndex index = fixture.openDurable()) {
            index.index(varied(new Random(7), 50));
            index.commit("one");
            index.remove(List.of("p1"));
            index.assign(Map.of("p3", Optional.empty()));
            index.commit("two");
            index.verify();
        }
        Path sound = fixture.durable();
        int copies = 0;
        for (String name : files(sound)) {
            if (Files.size(sound.resolve(name)) == 0) {
                continue; // a lock file
            }
            for (Damage damage : Damage.values()) {
                Path broken = sound.resolveSibling("broken-" + copies++);
                copy(sound, broken);
                damage.apply(broken.resolve(name));
                assertThatExceptionOfType(GeothermException.class)
                        .as("%s %s", damage, name)
                        .isThrownBy(() -> openAndVerify(broken))
                        .withMessageContaining(damage == Damage.DELETE ? broken.toString() : name);
            }
        }
    }

    private enum Damage {
        FLIP,
        CUT,
        DELETE;

        void apply(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            if (this == FLIP) {
                bytes[bytes.length / 2] ^= 0x10;
                Files.write(file, bytes);
            } else if (this == CUT) {
                Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            } else {
                Files.delete(file);
            }
        }
    }

    private void openAndVerify(Path folder) {
        try (PassageIndex index = fixture.indexes.open("broken", folder)) {
            index.verify();
        }
    }

    @Test
    void expunge_leavesNothingOfRemovedPassagesInTheFiles() throws IOException {
        try (PassageIndex index = fixture.openDurable()) {
            index.index(List.of(
                    passage("a", "xyzzyone kept"), passage("b", "xyzzytwo gone"), passage("c", "xyzzythree old")));
            index.commit("one");
            index.refresh();
            index.remove(List.of("b"));
            index.index(List.of(passage("c", "replaced")));
            index.expunge("two");
            assertThat(index.marker()).contains("two");
            assertThat(index.size()).isEqualTo(2);
            assertThat(occurs("xyzzyone")).isTrue();
            assertThat(occurs("xyzzytwo")).isFalse();
            assertThat(occurs("xyzzythree")).isFalse();
        }
        try (PassageIndex reopened = fixture.openDurable()) {
            assertThat(reopened.marker()).contains("two");
            assertThat(reopened.find(List.of("a", "b", "c")).stream().map(Passage::text))
                    .containsExactly("xyzzyone kept", "replaced");
        }
    }

    @Test
    void expunge_leavesNothingOfEarlierAnchorsInTheFiles() throws IOException {
        try (PassageIndex index = fixture.openDurable()) {
            index.index(List.of(
                    ofAnchor("a", new AnchorId("xyzzyone"), 1, 0), ofAnchor("b", new AnchorId("xyzzytwo"), 0, 1)));
            index.commit("one");
            index.assign(Map.of("a", Optional.of(new AnchorId("xyzzythree"))));
            index.commit("two");
            index.assign(Map.of("a", Optional.of(new AnchorId("xyzzyfour")), "b", Optional.empty()));
            index.expunge("three");
            assertThat(occurs("xyzzyone")).isFalse();
            assertThat(occurs("xyzzytwo")).isFalse();
            assertThat(occurs("xyzzythree")).isFalse();
            assertThat(occurs("xyzzyfour")).isTrue();
            assertThat(index.find(List.of("a")).get(0).anchor()).isEqualTo(new AnchorId("xyzzyfour"));
        }
    }

    private boolean occurs(String word) throws IOException {
        for (String name : files(fixture.durable())) {
            byte[] bytes = Files.readAllBytes(fixture.durable().resolve(name));
            if (new String(bytes, StandardCharsets.ISO_8859_1).contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<Object>> contents(PassageIndex index) {
        Map<String, List<Object>> contents = new HashMap<>();
        index.forEach(each -> contents.put(each.id(), content(each)));
        return contents;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            for (String name : files(from)) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
