package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.BatchFunction;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.testkit.ThreadsLeft;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the clauses share: a folder, evaluators that are closed after each clause, corpora, and ways to stop a job. */
abstract class EvaluatorClauses {
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** Runs each task in a thread of its own: in a shared pool it would wait for those of other clauses. */
    static final Executor BESIDE = task -> new Thread(task, "beside").start();

    final String instance = "contract" + UUID.randomUUID();
    private final BatchEvaluatorContract contract;
    private final List<BatchEvaluator> opened = new ArrayList<>();

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder
    EvaluatorClauses(BatchEvaluatorContract contract) {
        this.contract = contract;
    }

    @AfterEach
    void closeAll() {
        opened.forEach(BatchEvaluator::close);
        ThreadsLeft.assertNone(instance);
    }

    final BatchEvaluator evaluator(Tuning tuning) {
        BatchEvaluator evaluator = contract.create(
                ComponentContext.standalone(instance).withWorkDirectory(folder.resolve("work")), tuning);
        opened.add(evaluator);
        return evaluator;
    }

    final BatchEvaluator evaluator() {
        return evaluator(Tuning.SMALL);
    }

    final Path output() {
        return folder.resolve("results.jsonl");
    }

    final Path checkpoint() {
        return folder.resolve("results.jsonl.checkpoint");
    }

    static List<EvaluationItem<String>> corpus(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new EvaluationItem<>("item-" + i, "text " + i))
                .toList();
    }

    static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "item-" + i).toList();
    }

    /** Returns the output that a corpus of that size has when nothing fails. */
    static String outputOf(int size) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < size; i++) {
            lines.append("{\"id\":\"item-%1$d\",\"status\":\"ok\",\"value\":\"text %1$d!\"}\n".formatted(i));
        }
        return lines.toString();
    }

    final JobSketch sketch(List<EvaluationItem<String>> items) {
        return new JobSketch(items, output());
    }

    static EvaluationReport run(BatchEvaluator evaluator, JobSketch sketch) throws InterruptedException {
        return end(evaluator.start(sketch.job()));
    }

    static EvaluationReport end(Evaluation evaluation) throws InterruptedException {
        return evaluation.await(LIMIT).orElseThrow(() -> new AssertionError("the job does not end"));
    }

    /** Leaves the checkpoint of a corpus of which the first items were evaluated, one by one. */
    final EvaluationReport stopAfter(int items, List<EvaluationItem<String>> corpus) throws InterruptedException {
        return stopAfter(items, corpus, RecordedFunction::answer);
    }

    final EvaluationReport stopAfter(
            int items, List<EvaluationItem<String>> corpus, BatchFunction<String, String> function)
            throws InterruptedException {
        CompletableFuture<Evaluation> running = new CompletableFuture<>();
        String last = corpus.get(items - 1).id();
        Evaluation evaluation = evaluator(Tuning.ONE_BY_ONE)
                .start(sketch(corpus)
                        .mode(EvaluationMode.SEQUENTIAL)
                        .function(batch -> {
                            if (batch.get(0).id().equals(last)) {
                                running.join().cancel();
                            }
                            return function.evaluate(batch);
                        })
                        .job());
        running.complete(evaluation);
        return end(evaluation);
    }

    /** Checks that a job is refused with a message that names something, and that no file is changed by it. */
    final void assertRefused(JobSketch sketch, String... named) {
        Map<String, String> before = files();
        BatchEvaluator evaluator = evaluator();
        assertThatThrownBy(() -> evaluator.start(sketch.job()))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContainingAll(named);
        assertThat(files()).isEqualTo(before);
    }

    /** Returns what lies in the folder, byte for byte. */
    final Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.toList()) {
                files.put(
                        folder.relativize(file).toString(),
                        Files.isDirectory(file) ? "a folder" : Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    final Set<String> fileNames() {
        Set<String> names = new TreeSet<>(files().keySet());
        names.remove("");
        return names;
    }

    final String outputText() throws IOException {
        return Files.readString(output());
    }
}
