package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Runs measured and compared by the command. */
class CompareCommandTest {
    private static final int QUERIES = 20;

    @TempDir
    Path scratch;

    private InProcess command;
    private Path qrels;
    private Path good;
    private Path bad;

    @BeforeEach
    void prepare() throws IOException {
        command = new InProcess(scratch);
        StringBuilder judged = new StringBuilder();
        for (int query = 1; query <= QUERIES; query++) {
            judged.append("q%d 0 right %d\nq%d 0 wrong 0\n".formatted(query, 1 + query % 2, query));
        }
        qrels = Files.writeString(scratch.resolve("qrels.txt"), judged);
        good = run("good", "right");
        bad = run("bad", "wrong");
    }

    /** Writes a run with one document in front of the other, and an answer that nobody judged. */
    private Path run(String name, String first) throws IOException {
        StringBuilder run = new StringBuilder();
        for (int query = 1; query <= QUERIES; query++) {
            run.append("q%d Q0 %s 1 9 %s\n".formatted(query, first, name));
            run.append("q%d Q0 %s 2 8 %s\n".formatted(query, first.equals("right") ? "wrong" : "right", name));
        }
        run.append("q9999 Q0 right 1 1 %s\n".formatted(name));
        return Files.writeString(scratch.resolve(name + ".trec"), run);
    }

    private static JsonNode json(Ended ended) throws IOException {
        return Json.MAPPER.readTree(ended.succeeds().out());
    }

    @Test
    void evaluate_printsMeansIntervalsAndCoverage() throws Exception {
        assertThat(command.run("evaluate", bad.toString(), "--qrels", qrels.toString(), "--measure", "MRR,P@1")
                        .succeeds()
                        .out())
                .isEqualTo("""
                        measure    mean  95 % interval
                        MRR      0.5000  0.5000 to 0.5000
                        P@1      0.0000  0.0000 to 0.0000

                        run         bad
                        judgements  20 of 20 judged queries answered, 100 % of the first 10 answers judged; 1 query without judgements ignored
                        """);
        assertThat(json(command.run("evaluate", good.toString(), "--qrels", qrels.toString(), "--json", "--per-query"))
                        .at("/queries/q7/nDCG@10")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void evaluate_perQueryPrintsEachJudgedQuery() {
        assertThat(command.run("evaluate", bad.toString(), "--qrels", qrels.toString(), "--per-query")
                        .succeeds()
                        .out())
                .contains("query  nDCG@10     MAP     MRR  Recall@100\n")
                .contains("q1      0.6309  0.5000  0.5000      1.0000\n")
                .contains("q20 ")
                .doesNotContain("q9999");
    }

    @Test
    void compare_failsIfQualityDrops() {
        Ended failed = command.run(
                "compare",
                good.toString(),
                bad.toString(),
                "--qrels",
                qrels.toString(),
                "--fail-if",
                "MRR drops 0.1",
                "--fail-if",
                "P@1 below 0",
                "--top",
                "2");
        assertThat(failed.code()).isEqualTo(4);
        assertThat(failed.out())
                .contains(
                        "measure     baseline  candidate   change            95 % interval              p  better  worse  same\n")
                .contains(
                        "MRR           1.0000     0.5000  -0.5000   -50.0 %  -0.5000 to -0.5000  0.0002 *       0     20     0\n")
                .contains("18 more queries changed\n")
                .contains("MRR drops 0.1  FAILED  dropped by 0.5000 (50.0 %)")
                .contains("P@1 below 0    passed  the mean is 0.0000\n");
        assertThat(command.run(
                                "compare",
                                bad.toString(),
                                good.toString(),
                                "--qrels",
                                qrels.toString(),
                                "--fail-if",
                                "MRR drops 0.1")
                        .succeeds()
                        .out())
                .contains("MRR drops 0.1  passed  rose by 0.5000\n");
    }

    @Test
    void compare_jsonHasEveryChangedQuery() throws Exception {
        JsonNode json = json(command.run(
                "compare", good.toString(), bad.toString(), "--qrels", qrels.toString(), "--measure", "MRR", "--json"));
        assertThat(json.at("/measures/0/change").asDouble()).isCloseTo(-0.5, within(1e-12));
        assertThat(json.at("/measures/0/changes")).hasSize(QUERIES);
        assertThat(json.at("/baseline/coverage/ignoredQueries").asInt()).isEqualTo(1);
    }

    @Test
    void compare_writesPicturePageAndTestReport() throws Exception {
        Path odd = run("<b>&\"odd\"", "wrong");
        List<Path> files = List.of(scratch.resolve("a.svg"), scratch.resolve("a.html"), scratch.resolve("a.xml"));
        command.run(
                "compare",
                good.toString(),
                odd.toString(),
                "--qrels",
                qrels.toString(),
                "--fail-if",
                "MAP drops",
                "--fail-if",
                "MAP drops 90%",
                "--svg",
                files.get(0).toString(),
                "--html",
                files.get(1).toString(),
                "--junit",
                files.get(2).toString());
        Document svg = parsed(Files.readString(files.get(0)));
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(4 - 1); // Recall@100 has not changed
        Document page = parsed(Files.readString(files.get(1)).replace("<!DOCTYPE html>", ""));
        assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo("<b>&\"odd\".trec against good.trec");
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(1);
        Document report = parsed(Files.readString(files.get(2)));
        assertThat(report.getDocumentElement().getAttribute("tests")).isEqualTo("2");
        assertThat(report.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        assertThat(report.getElementsByTagName("failure").item(0).getTextContent())
                .startsWith("MAP drops: dropped by");
    }

    private static Document parsed(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text.strip())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--measure F1|2|measure 'F1' is not known; expected one of nDCG, MAP",
                "--fail-if nDCG@10|2|condition 'nDCG@10' is not known; expected 'MEASURE drops'",
                "--level 0|2|--level must be above 0 and at most 1, was 0.0",
                "--top -1|2|--top must not be negative, was -1",
                "--junit x.xml|2|--junit needs a condition: add --fail-if",
                "--svg qrels.txt --html qrels.txt|2|--svg and --html are the same file, which would be replaced: qrels.txt"
            })
    void compare_wrongOptionsAreExplained(String options, int code, String message) {
        String[] arguments = ("compare " + good + " " + bad + " --qrels " + qrels + " " + options).split(" ");
        Ended ended = command.run(arguments);
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.err()).contains(message);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void compare_aResultDoesNotReplaceAnInput() throws Exception {
        for (Path input : List.of(qrels, good, bad)) {
            byte[] before = Files.readAllBytes(input);
            Ended ended = command.run(
                    "compare", good.toString(), bad.toString(), "--qrels", qrels.toString(), "--svg", input.toString());
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err())
                    .contains("--svg and ")
                    .contains(" are the same file, which would be replaced: " + input);
            assertThat(Files.readAllBytes(input)).isEqualTo(before);
        }
    }

    @Test
    void compare_aPictureThatCannotBeWrittenHidesNoResult() throws Exception {
        Path report = scratch.resolve("report.xml");
        Ended ended = command.run(
                "compare",
                good.toString(),
                bad.toString(),
                "--qrels",
                qrels.toString(),
                "--fail-if",
                "MRR drops",
                "--junit",
                report.toString(),
                "--svg",
                scratch.resolve("missing/x.svg").toString());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("cannot write ").contains("x.svg");
        assertThat(ended.out()).contains("MRR drops  FAILED");
        assertThat(Files.readString(report)).contains("failures=\"1\"");
    }

    @Test
    void compare_runsAndJudgementsOfDifferentQueriesAreRefused() throws Exception {
        Path others = Files.writeString(scratch.resolve("others.trec"), "77 Q0 right 1 1 others\n");
        Path none = Files.writeString(scratch.resolve("none.tsv"), "query-id\tcorpus-id\tscore\n");
        for (List<String> start : List.of(List.of("evaluate"), List.of("compare", good.toString()))) {
            List<String> arguments = new ArrayList<>(start);
            arguments.addAll(List.of(others.toString(), "--qrels", qrels.toString()));
            Ended ended = command.run(arguments.toArray(String[]::new));
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err())
                    .contains(others
                            + ": answers none of the 20 judged queries, such as 'q1'; its queries are such as '77'");
            arguments.set(arguments.size() - 1, none.toString());
            assertThat(command.run(arguments.toArray(String[]::new)).err()).contains(none + ": has no judgements");
        }
    }

    @Test
    void compare_filesThatAreNoRunsAreExplained() throws Exception {
        assertThat(command.run("compare", qrels.toString(), bad.toString(), "--qrels", qrels.toString()))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.err())
                        .contains("qrels.txt:1")
                        .contains("has 4 columns, expected the six of 'query Q0 document rank score tag'"));
        assertThat(command.run("evaluate", "missing.trec", "--qrels", qrels.toString())
                        .code())
                .isEqualTo(1);
        assertThat(command.run("evaluate", bad.toString()).err()).contains("--qrels");
    }
}
