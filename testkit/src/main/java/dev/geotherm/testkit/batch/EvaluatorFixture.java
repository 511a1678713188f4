package dev.geotherm.testkit.batch;

import static java.util.Objects.requireNonNull;
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
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.ThreadsLeft;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.jspecify.annotations.Nullable;

/**
 * The fixture of {@link BatchEvaluatorContract}: a folder, evaluators that are closed after each clause, corpora, and jobs
 * that stop after some items.
 */
final class EvaluatorFixture {
    /** Runs each task in its own thread. In a shared pool, a task could wait for those of other clauses. */
    static final Executor BESIDE = task -> new Thread(task, "beside").start();

    final String instance = "contract" + UUID.randomUUID();
    private final BatchEvaluatorContract contract;
    private final List<BatchEvaluator> opened = new ArrayList<>();
    private @Nullable Path folder;

    EvaluatorFixture(BatchEvaluatorContract contract) {
        this.contract = contract;
    }

    boolean can(EvaluatorCapability capability) {
        return contract.capabilities().contains(capability);
    }

    void open(Path emptyFolder) {
        folder = emptyFolder;
    }

    /** Closes the evaluators and asserts that no thread is left. */
    void close() {
        opened.forEach(BatchEvaluator::close);
        ThreadsLeft.assertNone(instance);
    }

    Path folder() {
        return requireNonNull(folder, "open() sets the folder before each clause");
    }

    BatchEvaluator evaluator(Tuning tuning) {
        BatchEvaluator evaluator = contract.create(
                ComponentContext.standalone(instance).withWorkDirectory(folder().resolve("work")), tuning);
        opened.add(evaluator);
        return evaluator;
    }

    BatchEvaluator evaluator() {
        return evaluator(Tuning.SMALL);
    }

    Path output() {
        return folder().resolve("results.jsonl");
    }

    Path checkpoint() {
        return folder().resolve("results.jsonl.checkpoint");
    }

    static List<EvaluationItem<String>> corpus(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new EvaluationItem<>("item-" + i, "text " + i))
                .toList();
    }

    static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "item-" + i).toList();
    }

    /** Returns the expected output for a corpus of this size if nothing fails. */
    static String outputOf(int size) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < size; i++) {
            lines.append("{\"id\":\"item-%1$d\",\"status\":\"ok\",\"value\":\"text %1$d!\"}\n".formatted(i));
        }
        return lines.toString();
    }

    JobBuilder job(List<EvaluationItem<String>> items) {
        return new JobBuilder(items, output());
    }

    static EvaluationReport run(BatchEvaluator evaluator, JobBuilder job) throws InterruptedException {
        return end(evaluator.start(job.build()));
    }

    static EvaluationReport end(Evaluation evaluation) throws InterruptedException {
        Duration limit = Patience.limit();
        return evaluation.await(limit).orElseThrow(() -> new AssertionError("the job has not ended after " + limit));
    }

    /** Evaluates the first items of a corpus one by one, and cancels the job, which leaves its checkpoint behind. */
    EvaluationReport stopAfter(int items, List<EvaluationItem<String>> corpus) throws InterruptedException {
        return stopAfter(items, corpus, RecordingFunction::answer);
    }

    EvaluationReport stopAfter(int items, List<EvaluationItem<String>> corpus, BatchFunction<String, String> function)
            throws InterruptedException {
        CompletableFuture<Evaluation> running = new CompletableFuture<>();
        String last = corpus.get(items - 1).id();
        Evaluation evaluation = evaluator(Tuning.ONE_BY_ONE)
                .start(job(corpus)
                        .mode(EvaluationMode.SEQUENTIAL)
                        .function(batch -> {
                            if (batch.get(0).id().equals(last)) {
                                running.join().cancel();
                            }
                            return function.evaluate(batch);
                        })
                        .build());
        running.complete(evaluation);
        return end(evaluation);
    }

    /** Returns a function that returns more than 100 characters for one item. */
    static BatchFunction<String, String> longFor(String id) {
        return items -> items.stream()
                .map(item -> item.input() + (item.id().equals(id) ? "!".repeat(200) : "!"))
                .toList();
    }

    /** Returns the file with the records of the checkpoint: the checkpoint itself, or the largest file in its folder. */
    Path checkpointFile() throws IOException {
        try (Stream<Path> files = Files.walk(checkpoint())) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow(() -> new AssertionError("there is no checkpoint " + checkpoint()));
        }
    }

    /** Restores the file with the records of the checkpoint, which a completed job deletes. */
    void writeCheckpoint(Path file, byte[] records) throws IOException {
        Files.createDirectories(requireNonNull(file.getParent()));
        Files.write(file, records);
    }

    /** Asserts that a job is refused with a message that contains the given texts, and that no file changes. */
    void assertRefused(JobBuilder job, String... named) {
        Map<String, String> before = files();
        BatchEvaluator evaluator = evaluator();
        assertThatThrownBy(() -> evaluator.start(job.build()))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContainingAll(named);
        assertThat(files()).isEqualTo(before);
    }

    /** Returns the files in the folder with their content, one character per byte. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder())) {
            for (Path file : all.toList()) {
                String name = folder().relativize(file).toString();
                if (Files.isSymbolicLink(file)) {
                    files.put(name, "a link");
                } else if (Files.isDirectory(file)) {
                    files.put(name, "a folder");
                } else if (!name.endsWith("lock")) { // a lock file contains its owner and time
                    files.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    Set<String> fileNames() {
        Set<String> names = new TreeSet<>(files().keySet());
        names.remove("");
        return names;
    }

    String outputText() throws IOException {
        return Files.readString(output());
    }
}
