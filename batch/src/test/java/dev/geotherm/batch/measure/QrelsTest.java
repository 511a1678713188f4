package dev.geotherm.batch.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QrelsTest {
    @TempDir
    Path folder;

    @Test
    void read_fourColumns() throws IOException {
        Qrels qrels = Qrels.read(write("2 0 a 1", "", " 2\t0  b -1", "1 0 a +3"));

        assertThat(qrels.queries()).containsExactly("2", "1");
        assertThat(qrels.grades("2")).isEqualTo(Map.of("a", 1, "b", -1));
        assertThat(qrels.grades("1")).isEqualTo(Map.of("a", 3));
        assertThat(qrels.grades("3")).isEmpty();
    }

    @Test
    void read_threeColumnsWithSpacesBelowAHeader() throws IOException {
        assertThat(Qrels.read(write("query-id\tcorpus-id\tscore", "1\ta b\t2")).grades("1"))
                .isEqualTo(Map.of("a b", 2));
        assertThat(Qrels.read(write("1\ta\t2")).grades("1")).isEqualTo(Map.of("a", 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 a                      | has 2 columns
                    1 0 a 1 x                | has 5 columns
                    1 0 b 1.5                | grade '1.5' is not an integer
                    1 0 b 99999999999        | is not a 32-bit integer
                    query-id corpus-id score | grade 'score' is not an integer
                    1 0 a 2                  | judged before
                    """)
    void read_invalidRowIsRefusedWithItsLine(String row, String reason) throws IOException {
        Path file = write("1 0 a 1", row);
        assertThatThrownBy(() -> Qrels.read(file))
                .isInstanceOf(GeothermException.class)
                .hasMessageStartingWith(file + ":2: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query-id\tcorpus-id\tscore",
                "query_id\tdoc_id\trelevance",
                "qid docid rel",
                "topic_id iteration doc_id judgment",
                "Query ID\tDocument ID\tLabel",
                "queryid\tpassageid\tgrade"
            })
    void read_headerOfAnotherCollectionIsSkipped(String header) throws IOException {
        assertThat(Qrels.read(write(header, "1\ta\t2")).grades("1")).isEqualTo(Map.of("a", 2));
    }

    @Test
    void read_firstRowThatIsNoHeaderIsNotSkipped() throws IOException {
        Path file = write("q1 d1 good", "q1 d2 1");
        assertThatThrownBy(() -> Qrels.read(file))
                .hasMessageStartingWith(file + ":1: grade 'good' is not an integer")
                .hasMessageContaining("if this line is a header");
        assertThatThrownBy(() -> Qrels.read(write("1,a,2"))).hasMessageContaining("tr ',' '\\t'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "NaN", "1e3"})
    void read_numberInTheFirstLineIsNoHeader(String grade) {
        assertThatThrownBy(() -> Qrels.read(write("q0\td0\t" + grade)))
                .hasMessageContaining("grade '" + grade + "' is not an integer; trec_eval would ignore the fraction");
    }

    @Test
    void read_wholeGradesMayHaveAPoint() throws IOException {
        assertThat(Qrels.read(write("1 0 a 2.0", "1 0 b -1.", "1 0 c 0.00")).grades("1"))
                .isEqualTo(Map.of("a", 2, "b", -1, "c", 0));
    }

    @Test
    void read_emptyColumnIsRefused() throws IOException {
        Path file = write("query-id\tcorpus-id\tscore", "\ta\t1");
        assertThatThrownBy(() -> Qrels.read(file)).hasMessageContaining(":2: has an empty column");
    }

    @Test
    void add_secondJudgementIsRefused() {
        Qrels.Builder qrels = Qrels.builder().add("1", "a", 0);
        assertThatThrownBy(() -> qrels.add("1", "a", 0))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("'a' was judged before for query '1'");
    }

    @Test
    void build_returnsAnImmutableCopy() {
        Qrels.Builder builder = Qrels.builder().add("1", "a", 0);
        Qrels qrels = builder.build();
        builder.add("1", "b", 1).add("2", "a", 1);

        assertThat(qrels.queries()).containsExactly("1");
        assertThat(qrels.grades("1")).isEqualTo(Map.of("a", 0));
        assertThatThrownBy(() -> qrels.grades("1").put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    private Path write(String... rows) throws IOException {
        return Files.write(folder.resolve("qrels.tsv"), List.of(rows));
    }
}
