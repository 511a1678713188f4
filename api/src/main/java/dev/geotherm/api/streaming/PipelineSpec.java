package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The specification of a pipeline: its name, its processor, and its options. Immutable; each {@code with} method returns a copy.
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

    private final Parts<T> parts;

    /**
     * The folder in which a pipeline keeps fragments, and the codec of their contents.
     *
     * @param folder for the files of one pipeline only; created if it is missing
     * @param codec the codec of the contents
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

    /** The properties of a specification. Only a new copy is modified, before it is published. */
    private static final class Parts<T> {
        final String name;
        final FragmentProcessor<T> processor;
        PipelineListener<T> listener = new PipelineListener<>() {};
        ToLongFunction<? super T> cost = content -> 1;
        ToLongFunction<? super T> bytes = new ContentBytes<>();
        FailureClassifier classifier = FailureClassifier.standard();
        int workers = 1;
        DeadLetters<T> deadLetters = DeadLetters.inMemory(KEPT_DEAD_LETTERS);

        @Nullable
        Journal<T> journal;

        @Nullable
        Duplicates<T> duplicates;

        @Nullable
        Function<? super Fragment<T>, @Nullable String> key;

        boolean closesAtExit = true;

        Parts(String name, FragmentProcessor<T> processor) {
            this.name = requireNonNull(name, "name");
            this.processor = requireNonNull(processor, "processor");
        }

        Parts(Parts<T> other) {
            name = other.name;
            processor = other.processor;
            listener = other.listener;
            cost = other.cost;
            bytes = other.bytes;
            classifier = other.classifier;
            workers = other.workers;
            deadLetters = other.deadLetters;
            journal = other.journal;
            duplicates = other.duplicates;
            key = other.key;
            closesAtExit = other.closesAtExit;
        }
    }

    private PipelineSpec(Parts<T> parts) {
        this.parts = parts;
    }

    private PipelineSpec<T> with(Consumer<Parts<T>> change) {
        Parts<T> copy = new Parts<>(parts);
        change.accept(copy);
        return new PipelineSpec<>(copy);
    }

    /**
     * Returns a specification without a listener: dead letters are logged.
     *
     * @param name used in metrics, thread names and messages; unique among the open pipelines of a component
     * @param processor processes the batches
     */
    public static <T> PipelineSpec<T> of(String name, FragmentProcessor<T> processor) {
        return new PipelineSpec<>(new Parts<>(name, processor));
    }

    /** Returns a copy with a listener for the events. */
    public PipelineSpec<T> withListener(PipelineListener<T> newListener) {
        requireNonNull(newListener, "listener");
        return with(copy -> copy.listener = newListener);
    }

    /**
     * Returns a copy with a different cost function: the cost of a content is what the time of a batch depends on, such as the
     * number of tokens. By default, each fragment has a cost of 1.
     *
     * @param newCost returns at least 0; called once for each fragment by its producer, who receives what it throws
     */
    public PipelineSpec<T> withCost(ToLongFunction<? super T> newCost) {
        requireNonNull(newCost, "cost");
        return with(copy -> copy.cost = newCost);
    }

    /**
     * Returns a copy with a different size function, which bounds the memory of the queue. By default, the size of texts, byte
     * arrays and byte buffers is known, and other contents have size 0.
     *
     * @param newBytes returns at least 0; called once for each fragment by its producer, who receives what it throws
     */
    public PipelineSpec<T> withBytes(ToLongFunction<? super T> newBytes) {
        requireNonNull(newBytes, "bytes");
        return with(copy -> copy.bytes = newBytes);
    }

    /** Returns a copy with a different classifier of failures; the default is {@link FailureClassifier#standard}. */
    public PipelineSpec<T> withClassifier(FailureClassifier newClassifier) {
        requireNonNull(newClassifier, "classifier");
        return with(copy -> copy.classifier = newClassifier);
    }

    /**
     * Returns a copy with a different number of batches that are processed concurrently. It applies if the settings of the
     * pipeline do not set a number. By default, it is 1.
     *
     * @param newWorkers at least 1
     */
    public PipelineSpec<T> withWorkers(int newWorkers) {
        if (newWorkers < 1) {
            throw new IllegalArgumentException("a pipeline must have at least 1 worker, was " + newWorkers);
        }
        return with(copy -> copy.workers = newWorkers);
    }

    /**
     * Returns a copy with a different store of dead letters. By default, the last 1,000 are kept in memory while the
     * specification or a pipeline is in use.
     */
    public PipelineSpec<T> withDeadLetters(DeadLetters<T> newDeadLetters) {
        requireNonNull(newDeadLetters, "deadLetters");
        return with(copy -> copy.deadLetters = newDeadLetters);
    }

    /**
     * Returns a copy with a folder in which the pipeline keeps fragments, if its settings say so: every accepted one until it has
     * its outcome, or those that do not fit into memory. If the process ends first, the next pipeline with this folder processes
     * them. Processing must then be idempotent: a fragment that got its outcome just before a crash can be processed again.
     *
     * @param folder for the files of this pipeline only; created if it is missing. Only one pipeline among all processes can use
     *     it at a time
     * @param codec the codec of the contents
     */
    public PipelineSpec<T> withJournal(Path folder, ContentCodec<T> codec) {
        Journal<T> newJournal = new Journal<>(folder, codec);
        return with(copy -> copy.journal = newJournal);
    }

    /**
     * Returns a copy that drops duplicates: fragments with the same id and content as one accepted within a time window. The
     * dropped fragment has the outcome {@link Outcome.Duplicate}, with the outcome of the first one. Once the first one has
     * failed, expired or been handed back, an equal fragment is accepted again. Fragments that an earlier process accepted are
     * not remembered.
     *
     * <p>Texts, byte arrays and byte buffers are remembered by their SHA-256. Other contents are kept and compared by {@code
     * equals}; to remember a hash of them instead, use {@link #withoutDuplicates(Duplicates)}.
     *
     * @param window how long after its acceptance a fragment can have duplicates
     * @param remembered the maximum number of fragments that are remembered; the oldest one is forgotten first
     */
    public PipelineSpec<T> withoutDuplicates(Duration window, int remembered) {
        return withoutDuplicates(new Duplicates<>(window, remembered, ContentHash::of));
    }

    /** Returns a copy that drops duplicates, which it recognises by the given rule. */
    public PipelineSpec<T> withoutDuplicates(Duplicates<T> newDuplicates) {
        requireNonNull(newDuplicates, "duplicates");
        return with(copy -> copy.duplicates = newDuplicates);
    }

    /**
     * Returns a copy that processes fragments with the same key in order of acceptance, unless the settings of the pipeline say
     * otherwise: a fragment enters a batch only when all earlier fragments with its key have their outcomes. Until then, it waits
     * in the queue, whatever its priority, and fragments with other keys overtake it. So no batch contains
     * two fragments with the same key, and no two concurrent batches do.
     *
     * @param newKey returns the key, such as the id of a document; null for a fragment without a key, which waits for no other.
     *     Called once for each fragment by its producer, who receives what it throws, and again if the fragment is read from a
     *     journal
     */
    public PipelineSpec<T> withKey(Function<? super Fragment<T>, @Nullable String> newKey) {
        requireNonNull(newKey, "key");
        return with(copy -> copy.key = newKey);
    }

    /** Returns the folder and codec of the journal; empty if there is none. */
    public Optional<Journal<T>> journal() {
        return Optional.ofNullable(parts.journal);
    }

    /** Returns the rule for duplicates; empty if none are dropped. */
    public Optional<Duplicates<T>> duplicates() {
        return Optional.ofNullable(parts.duplicates);
    }

    /** Returns the store of dead letters. */
    public DeadLetters<T> deadLetters() {
        return parts.deadLetters;
    }

    /**
     * Returns a copy whose pipeline stays open when the JVM exits, because its owner closes it or knows what was not processed.
     * By default, the exit closes the pipeline, and waits until it is closed.
     */
    public PipelineSpec<T> withoutCloseAtExit() {
        return with(copy -> copy.closesAtExit = false);
    }

    /** Returns whether the pipeline is closed when the JVM exits. */
    public boolean closesAtExit() {
        return parts.closesAtExit;
    }

    /** Returns the number of batches that are processed concurrently, if the settings do not set one. */
    public int workers() {
        return parts.workers;
    }

    /** Returns the name. */
    public String name() {
        return parts.name;
    }

    /** Returns the processor. */
    public FragmentProcessor<T> processor() {
        return parts.processor;
    }

    /** Returns the listener. */
    public PipelineListener<T> listener() {
        return parts.listener;
    }

    /**
     * Returns the cost of a fragment.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public long costOf(Fragment<T> fragment) {
        return checked("cost", parts.cost.applyAsLong(fragment.content()), fragment);
    }

    /**
     * Returns the size of a fragment in bytes.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public long bytesOf(Fragment<T> fragment) {
        return checked("size", parts.bytes.applyAsLong(fragment.content()), fragment);
    }

    private static long checked(String what, long number, Fragment<?> fragment) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    "the " + what + " of fragment " + fragment.id() + " must be at least 0, was " + number);
        }
        return number;
    }

    /** Returns whether fragments have keys. */
    public boolean hasKey() {
        return parts.key != null;
    }

    /** Returns the key of a fragment; null if it has none. */
    public @Nullable String keyOf(Fragment<T> fragment) {
        return parts.key == null ? null : parts.key.apply(fragment);
    }

    /** Returns the classifier of failures. */
    public FailureClassifier classifier() {
        return parts.classifier;
    }
}
