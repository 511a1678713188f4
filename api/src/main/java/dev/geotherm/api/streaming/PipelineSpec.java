package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The specification of a pipeline: its name, what processes its fragments, and what is optional. Immutable; each {@code with} method
 * returns a copy.
 *
 * <pre>{@code
 * PipelineSpec<String> spec = PipelineSpec.<String>of("texts", batch -> index(batch.fragments()))
 *         .withListener(listener)
 *         .withCost(text -> text.length());
 * }</pre>
 *
 * @param <T> the content of the fragments
 */
public final class PipelineSpec<T> {
    private static final int KEPT_DEAD_LETTERS = 1_000;

    private final String name;
    private final FragmentProcessor<T> processor;
    private final PipelineListener<T> listener;
    private final ToLongFunction<? super T> cost;
    private final ToLongFunction<? super T> bytes;
    private final FailureClassifier classifier;
    private final int workers;
    private final DeadLetters<T> deadLetters;
    private final @Nullable Journal<T> journal;
    private final @Nullable Duplicates<T> duplicates;
    private final boolean closesAtExit;

    /**
     * Where and how a pipeline keeps fragments on disk.
     *
     * @param folder for the files of one pipeline only; created if it is missing
     * @param codec of the contents
     * @param <T> the content of the fragments
     */
    public record Journal<T>(Path folder, ContentCodec<T> codec) {

        /** Checks that nothing is null. */
        public Journal {
            requireNonNull(folder, "folder");
            requireNonNull(codec, "codec");
        }
    }

    /**
     * The rule by which a pipeline recognises duplicates, which it drops.
     *
     * @param window how long after its acceptance a fragment can have duplicates
     * @param remembered the maximum number of fragments that are remembered; the oldest one is forgotten first
     * @param hash maps a content to a value that is equal only for equal contents, such as a cryptographic hash
     * @param <T> the content of the fragments
     */
    public record Duplicates<T>(Duration window, int remembered, Function<? super T, ?> hash) {

        /** Checks every value. */
        public Duplicates {
            requireNonNull(window, "window");
            requireNonNull(hash, "hash");
            if (window.isNegative() || window.isZero() || remembered < 1) {
                throw new IllegalArgumentException(
                        "window and remembered must be above 0, were " + window + " and " + remembered);
            }
        }
    }

    private PipelineSpec(
            String name,
            FragmentProcessor<T> processor,
            PipelineListener<T> listener,
            ToLongFunction<? super T> cost,
            ToLongFunction<? super T> bytes,
            FailureClassifier classifier,
            int workers,
            DeadLetters<T> deadLetters,
            @Nullable Journal<T> journal,
            @Nullable Duplicates<T> duplicates,
            boolean closesAtExit) {
        this.name = requireNonNull(name, "name");
        this.processor = requireNonNull(processor, "processor");
        this.listener = requireNonNull(listener, "listener");
        this.cost = requireNonNull(cost, "cost");
        this.bytes = requireNonNull(bytes, "bytes");
        this.classifier = requireNonNull(classifier, "classifier");
        this.workers = workers;
        this.deadLetters = requireNonNull(deadLetters, "deadLetters");
        this.journal = journal;
        this.duplicates = duplicates;
        this.closesAtExit = closesAtExit;
    }

    /**
     * Returns the specification of a pipeline without a listener, whose dead letters are logged.
     *
     * @param name used in metrics, thread names and messages; unique among the open pipelines of a component
     * @param processor does the work
     */
    public static <T> PipelineSpec<T> of(String name, FragmentProcessor<T> processor) {
        return new PipelineSpec<>(
                name,
                processor,
                new PipelineListener<>() {},
                content -> 1,
                new ContentBytes<>(),
                FailureClassifier.standard(),
                1,
                DeadLetters.inMemory(KEPT_DEAD_LETTERS),
                null,
                null,
                true);
    }

    /** Returns a copy with a listener, which receives the events. */
    public PipelineSpec<T> withListener(PipelineListener<T> newListener) {
        return new PipelineSpec<>(
                name,
                processor,
                newListener,
                cost,
                bytes,
                classifier,
                workers,
                deadLetters,
                journal,
                duplicates,
                closesAtExit);
    }

    /**
     * Returns a copy with another cost of contents: what the time of a batch depends on, such as the number of tokens. By
     * default, each fragment has a cost of 1.
     *
     * @param newCost returns at least 0; called once for each fragment by its producer, who receives what it throws
     */
    public PipelineSpec<T> withCost(ToLongFunction<? super T> newCost) {
        return new PipelineSpec<>(
                name,
                processor,
                listener,
                newCost,
                bytes,
                classifier,
                workers,
                deadLetters,
                journal,
                duplicates,
                closesAtExit);
    }

    /**
     * Returns a copy with another size of contents, by which the memory of the queue is bounded. By default, it is that of
     * texts, byte arrays and byte buffers, and 0 for other contents.
     *
     * @param newBytes returns at least 0; called once for each fragment by its producer, who receives what it throws
     */
    public PipelineSpec<T> withBytes(ToLongFunction<? super T> newBytes) {
        return new PipelineSpec<>(
                name,
                processor,
                listener,
                cost,
                newBytes,
                classifier,
                workers,
                deadLetters,
                journal,
                duplicates,
                closesAtExit);
    }

    /** Returns a copy with another classifier of failures; the default is {@link FailureClassifier#standard}. */
    public PipelineSpec<T> withClassifier(FailureClassifier newClassifier) {
        return new PipelineSpec<>(
                name,
                processor,
                listener,
                cost,
                bytes,
                newClassifier,
                workers,
                deadLetters,
                journal,
                duplicates,
                closesAtExit);
    }

    /**
     * Returns a copy with another number of batches that are processed concurrently, where the settings of the pipeline leave
     * that to its owner. By default, it is one.
     *
     * @param newWorkers at least 1
     */
    public PipelineSpec<T> withWorkers(int newWorkers) {
        if (newWorkers < 1) {
            throw new IllegalArgumentException("a pipeline must have at least 1 worker, was " + newWorkers);
        }
        return new PipelineSpec<>(
                name,
                processor,
                listener,
                cost,
                bytes,
                classifier,
                newWorkers,
                deadLetters,
                journal,
                duplicates,
                closesAtExit);
    }

    /**
     * Returns a copy with another store of dead letters. By default, the last 1,000 are kept in memory, as long as the specification or
     * a pipeline is used.
     */
    public PipelineSpec<T> withDeadLetters(DeadLetters<T> newDeadLetters) {
        return new PipelineSpec<>(
                name,
                processor,
                listener,
                cost,
                bytes,
                classifier,
                workers,
                newDeadLetters,
                journal,
                duplicates,
                closesAtExit);
    }

    /**
     * Returns a copy with a folder in which the pipeline keeps fragments, if its settings ask for it: every accepted one until it
     * has its outcome, or those that do not fit into memory. If the process ends first, the next pipeline with this folder processes
     * them. Processing must then be idempotent: a fragment that got its outcome just before a crash can be processed again.
     *
     * @param folder for the files of this pipeline only; created if it is missing. Only one pipeline among all processes can
     *     use it at a time
     * @param codec of the contents
     */
    public PipelineSpec<T> withJournal(Path folder, ContentCodec<T> codec) {
        return new PipelineSpec<>(
                name,
                processor,
                listener,
                cost,
                bytes,
                classifier,
                workers,
                deadLetters,
                new Journal<>(folder, codec),
                duplicates,
                closesAtExit);
    }

    /**
     * Returns a copy that drops duplicates: fragments whose id and content equal those of a fragment that was accepted within a time. The
     * dropped fragment has the outcome {@link Outcome.Duplicate}, with that of the first one. Once the first one has failed, expired or
     * been handed back, an equal fragment is accepted again. Fragments that an earlier process accepted are not remembered.
     *
     * <p>Of texts, byte arrays and byte buffers, the SHA-256 is remembered. Other contents are kept and compared by {@code equals}; to
     * remember a hash of them instead, use {@link #withoutDuplicates(Duplicates)}.
     *
     * @param window how long after its acceptance a fragment can have duplicates
     * @param remembered the maximum number of fragments that are remembered; the oldest one is forgotten first
     */
    public PipelineSpec<T> withoutDuplicates(Duration window, int remembered) {
        return withoutDuplicates(new Duplicates<>(window, remembered, ContentHash::of));
    }

    /** Returns a copy that drops duplicates, which it recognises by the given rule. */
    public PipelineSpec<T> withoutDuplicates(Duplicates<T> newDuplicates) {
        return new PipelineSpec<>(
                name,
                processor,
                listener,
                cost,
                bytes,
                classifier,
                workers,
                deadLetters,
                journal,
                requireNonNull(newDuplicates, "duplicates"),
                closesAtExit);
    }

    /** Returns where and how fragments are kept on disk; empty if they cannot be. */
    public Optional<Journal<T>> journal() {
        return Optional.ofNullable(journal);
    }

    /** Returns the rule for duplicates; empty if none are dropped. */
    public Optional<Duplicates<T>> duplicates() {
        return Optional.ofNullable(duplicates);
    }

    /** Returns the store of dead letters. */
    public DeadLetters<T> deadLetters() {
        return deadLetters;
    }

    /**
     * Returns a copy that stays open when the JVM exits, because its owner closes it or knows what was not processed. By default, an
     * exit closes the pipeline, and waits for it.
     */
    public PipelineSpec<T> withoutCloseAtExit() {
        return new PipelineSpec<>(
                name, processor, listener, cost, bytes, classifier, workers, deadLetters, journal, duplicates, false);
    }

    /** Returns whether the pipeline is closed when the JVM exits. */
    public boolean closesAtExit() {
        return closesAtExit;
    }

    /** Returns the number of batches that are processed concurrently, where the settings leave it to the owner. */
    public int workers() {
        return workers;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the processor. */
    public FragmentProcessor<T> processor() {
        return processor;
    }

    /** Returns the listener. */
    public PipelineListener<T> listener() {
        return listener;
    }

    /**
     * Returns the cost of a fragment.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public long costOf(Fragment<T> fragment) {
        return checked("cost", cost.applyAsLong(fragment.content()), fragment);
    }

    /**
     * Returns the bytes of a fragment.
     *
     * @throws IllegalArgumentException if they are negative
     */
    public long bytesOf(Fragment<T> fragment) {
        return checked("size", bytes.applyAsLong(fragment.content()), fragment);
    }

    private static long checked(String what, long number, Fragment<?> fragment) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    "the " + what + " of fragment " + fragment.id() + " must be at least 0, was " + number);
        }
        return number;
    }

    /** Returns the classifier of failures. */
    public FailureClassifier classifier() {
        return classifier;
    }
}
